import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Bench, holds, type Row, ratioOf } from './bench.ts';

const PARTS = new Set(['main.ts', 'bench.ts', 'timing.ts']);

async function names(): Promise<string[]> {
  const files = await readdir(new URL('.', import.meta.url));
  return files
    .filter((file) => /^[a-z]+\.ts$/.test(file) && !PARTS.has(file))
    .map((file) => file.slice(0, -3))
    .sort();
}

const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

function lineOf(row: Row): readonly string[] {
  const limit = [row.atMost === undefined ? [] : `≤ ${row.atMost}`, row.atLeast === undefined ? [] : `≥ ${row.atLeast}`]
    .flat()
    .join(' ');
  const verdict = limit === '' ? '' : holds(row) ? '✓' : '✗';
  const { what, measured, unit, reference, referenceIs } = row;
  return [
    what,
    `${figure(measured)} ${unit}`,
    referenceIs,
    `${figure(reference)} ${unit}`,
    figure(ratioOf(row)),
    limit,
    verdict,
  ];
}

function print(rows: readonly Row[]): void {
  const lines = [['figure', 'measured', 'reference', 'value', 'ratio', 'limit', ''], ...rows.map(lineOf)];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

async function run(name: string, scale: number): Promise<boolean> {
  const { bench } = (await import(`./${name}.ts`)) as { readonly bench: Bench };
  console.log(`${bench.name}, compared to ${bench.comparedTo}`);
  const rows = await bench.run((line) => console.error(`  … ${line}`), scale);
  print(rows);
  const json = rows.map((row) => ({ ...row, ratio: ratioOf(row), holds: holds(row) }));
  console.log(JSON.stringify({ bench: bench.name, comparedTo: bench.comparedTo, rows: json }));
  return rows.every(holds);
}

const known = await names();
const { values, positionals: asked } = parseArgs({
  options: { scale: { type: 'string', default: process.env.SOFI_BENCH_SCALE ?? '1' } },
  allowPositionals: true,
});
const scale = Number(values.scale);
if (asked.length === 0 || asked.some((name) => !known.includes(name)) || !(scale > 0)) {
  console.error(`usage: npm run bench -- [--scale 1] NAME…\n  ${known.join('\n  ')}`);
  process.exit(2);
}
let good = true;
for (const name of asked) good = (await run(name, scale)) && good;
process.exit(good ? 0 : 1);
