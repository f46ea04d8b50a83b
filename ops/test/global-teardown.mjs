export default async function teardown() {
  await globalThis.sofiTestServices?.stop();
}
