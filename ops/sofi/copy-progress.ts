const EVERY_MS = 200;

/** A progress line on a terminal, nothing elsewhere. */
export function showCopying(label: string): (done: number, total: number) => void {
  let last = 0;
  return (done, total) => {
    if (!process.stderr.isTTY || (done < total && Date.now() - last < EVERY_MS)) return;
    last = Date.now();
    const percent = total === 0 ? 100 : Math.floor((done * 100) / total);
    process.stderr.write(`\r\u001b[2K${label} ${percent} %${done === total ? '\n' : ''}`);
  };
}
