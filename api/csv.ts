/** A cell that a spreadsheet would run as a formula is made text. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const plain = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  const safe = typeof value === 'string' && FORMULA.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One level of nesting becomes columns: `organisme.nom`. */
function flat(row: object): Map<string, unknown> {
  const cells = new Map<string, unknown>();
  for (const [key, value] of Object.entries(row)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, deep] of Object.entries(value)) cells.set(`${key}.${inner}`, deep);
    } else cells.set(key, value);
  }
  return cells;
}

/** Rows as CSV (RFC 4180, comma, CRLF), a header of every column that some row has. */
export function csvOf(rows: readonly object[]): string {
  const flats = rows.map(flat);
  const columns = [...new Set(flats.flatMap((cells) => [...cells.keys()]))];
  const lines = [columns.map(cell), ...flats.map((cells) => columns.map((column) => cell(cells.get(column))))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}
