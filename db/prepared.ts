/** Texts that get a name: enough for the hot paths, few enough for the memory of each connection's plans. */
const NAMED_MAX = 200;
/** Asked so often, a text is no passing one (a list of ids has another text at each length). */
const OFTEN = 8;
const COUNTED_MAX = 2_000;

const names = new Map<string, string>();
const counts = new Map<string, number>();

/**
 * The name under which a connection keeps a parameterised statement once it is asked often, undefined for others. The
 * server then parses and plans it once instead of each time, which is most of what a short question costs it.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= NAMED_MAX) return known;
  const count = (counts.get(text) ?? 0) + 1;
  if (count < OFTEN) {
    if (counts.size >= COUNTED_MAX) counts.clear();
    counts.set(text, count);
    return undefined;
  }
  counts.delete(text);
  const name = `sofi_${names.size}`;
  names.set(text, name);
  return name;
}
