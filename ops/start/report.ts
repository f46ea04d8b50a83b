/** Where the start says what it does. */
export interface Report {
  say(text: string): void;
  /** Runs a step and says how long it took; the work may add a word to its line. */
  step<T>(label: string, work: (note: (word: string) => void) => Promise<T>): Promise<T>;
}

function secondsSince(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1).replace('.', ',')} s`;
}

/** One short line per step, once it is done; a step longer than 5 s also says that it goes on. */
export function lineReport(print: (line: string) => void): Report {
  return {
    say: print,
    async step(label, work) {
      const started = performance.now();
      const words: string[] = [];
      const waiting = setInterval(() => print(`  … ${label} (${secondsSince(started)})`), 5_000);
      try {
        const result = await work((word) => words.push(word));
        print(`· ${label}${words.map((word) => `, ${word}`).join('')} (${secondsSince(started)})`);
        return result;
      } finally {
        clearInterval(waiting);
      }
    },
  };
}
