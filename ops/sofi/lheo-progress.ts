const BAR_FROM_BYTES = 5_000_000;
const WIDTH = 30;
const EVERY_MS = 100;

export interface Progress {
  /** Says how many bytes are read. */
  at(bytes: number): void;
  end(): void;
}

const SILENT: Progress = { at: () => undefined, end: () => undefined };

/** A bar on the terminal while a big file is read; nothing elsewhere. */
export function startProgress(name: string, size: number, out: NodeJS.WriteStream = process.stderr): Progress {
  if (!out.isTTY || size < BAR_FROM_BYTES) return SILENT;
  let last = 0;
  return {
    at: (bytes) => {
      const now = performance.now();
      if (now - last < EVERY_MS) return;
      last = now;
      const done = Math.min(1, bytes / size);
      const bar = '█'.repeat(Math.round(done * WIDTH)).padEnd(WIDTH, '░');
      out.write(`\r${bar} ${String(Math.round(done * 100)).padStart(3)} % ${name}`);
    },
    end: () => void out.write('\r\u001b[2K'),
  };
}
