import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { RemotePlatform } from '../../demo/remote-platform.ts';
import { startTestServices, type TestServices } from '../services.ts';
import { examplesAreHere, madeCurrent, officialSchema, readExamples } from './example-files.ts';
import { descendants, parseXml, without, type XmlNode } from './infoset.ts';

if (!examplesAreHere)
  console.warn(
    'SKIPPED: the real LHÉO files are not beside this checkout (SOFI_SHARED); the whole path over them is not shown',
  );
const withExamples = examplesAreHere ? describe : describe.skip;

interface Waiting {
  readonly id: string;
  readonly version: number;
  readonly statut: string;
  readonly fiche: { readonly id: string; readonly kind: string };
}

const infoOf = (node: XmlNode) => node.attributes.info ?? '';
const isExtra = (node: XmlNode) => node.name === 'extras' || node.name === 'extra';

/** What the export itself said, and what a source marked for the CPF, are not carried out; neither is a flow's own `datemaj`. */
const asSent = (node: XmlNode) =>
  without(
    node,
    (child) =>
      isExtra(child) && (infoOf(child) === 'eligibilite-cpf' || /^(date|heure)[- ]export/i.test(infoOf(child))),
    ['datemaj'],
  );

/** What comes out, without the extras that SOFI adds. */
const asPublished = (node: XmlNode) =>
  without(
    node,
    (child) => isExtra(child) && ['dispositifs-session', 'fraicheur', 'eligibilite-cpf'].includes(infoOf(child)),
    ['datemaj'],
  );

withExamples('the fourteen real files', () => {
  let services: TestServices;
  let platform: RemotePlatform;
  let url: string;

  beforeAll(async () => {
    services = await startTestServices('emptyPlatform');
    const data = services.env.SOFI_E2E_DATA ?? '';
    url = services.env.SOFI_E2E_URL ?? '';
    const run = JSON.parse(await readFile(join(data, 'run.json'), 'utf8'));
    platform = new RemotePlatform(run.apiUrl, run.operatorSecret);
  }, 180_000);

  afterAll(() => services?.stop(), 30_000);

  /** Approves all that waits of an import, organismes first, each at the version that was read. */
  async function approveAll(importId: string): Promise<Waiting[]> {
    const filter = encodeURIComponent(JSON.stringify({ import: importId }));
    const rows = await platform.until<Waiting[]>(`/soumissions?filter=${filter}&range=[0,99]`, (found) =>
      found.every(({ statut }) => statut !== 'deposee'),
    );
    const inTurn = rows.toSorted((a, b) => Number(b.fiche.kind === 'organisme') - Number(a.fiche.kind === 'organisme'));
    for (const { id, version, statut } of inTurn) {
      expect(statut).toBe('controlee');
      const { body } = await platform.post<Waiting>(`/soumissions/${id}/decisions`, { kind: 'approve', version });
      expect(body.statut).toBe('validee');
    }
    return inTurn;
  }

  /** An API serves a release once it holds its files whole. */
  async function served(n: number): Promise<void> {
    const manifest = async () => (await fetch(`${url}/flux/manifest.json`)).json() as Promise<{ release: number }>;
    while ((await manifest()).release !== n) await new Promise((resolve) => setTimeout(resolve, 200));
  }

  async function feed(): Promise<string> {
    const response = await fetch(`${url}/flux/lheo-2.3.xml`);
    expect(response.status).toBe(200);
    return response.text();
  }

  it('go in, are approved, and come out in one release, valid and equal field by field', async () => {
    const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const sent = readExamples().map((file, index) => madeCurrent(file, index, today));
    expect(sent).toHaveLength(14);
    for (const { name, xml } of sent) {
      const report = await platform.importFile('intercarif', [xml]);
      expect({ name, ...report }).toMatchObject({ state: 'done', read: 1, created: 1, refused: [] });
      await approveAll(report.id);
    }
    const release = await platform.publish();
    expect(release).toMatchObject({ state: 'published', keptOut: [] });
    await served(release.n);

    const xml = await feed();
    using schema = XsdValidator.fromDoc(XmlDocument.fromString(officialSchema('2.3')));
    using document = XmlDocument.fromString(xml);
    schema.validate(document);

    const published = new Map(descendants(parseXml(xml), 'formation').map((node) => [node.attributes.numero, node]));
    for (const file of sent) {
      const [formation] = descendants(parseXml(file.xml), 'formation');
      if (!formation) throw new Error(`Cannot find the formation of ${file.name}`);
      const out = published.get(formation.attributes.numero);
      expect({ name: file.name, formation: out && asPublished(out) }).toEqual({
        name: file.name,
        formation: asSent(formation),
      });
    }
  }, 120_000);

  it('sent raw one after the other are one fiche with an accepted version each, and nothing is refused', async () => {
    let changes = 0;
    let fiche: string | undefined;
    for (const { name, xml } of readExamples()) {
      const report = await platform.importFile('intercarif', [xml]);
      expect({ name, ...report }).toMatchObject({ state: 'done', read: 1, refused: [] });
      const isOnisep = name.includes('onisep');
      const decided = (await approveAll(report.id)).filter((row) => row.fiche.kind === 'formation');
      expect({ name, decided: decided.length }).toEqual({ name, decided: 1 - report.unchanged });
      if (isOnisep) continue;
      changes += decided.length;
      fiche ??= decided[0]?.fiche.id;
      for (const row of decided) expect(row.fiche.id).toBe(fiche);
    }
    const { body } = await platform.call<{ readonly numero: string; readonly version: number }>(`/formations/${fiche}`);
    expect(body).toMatchObject({ numero: '07_10', version: changes });
    expect(changes).toBeGreaterThanOrEqual(10);
  }, 120_000);
});
