/** Fields of a header or of a report, by their names in small letters: the first of each name. */
export type Fields = ReadonlyMap<string, string>;

/** Reads `Name: value` lines up to the end of a text, long ones folded (RFC 5322 §2.2.3); what is no field is left out. */
export function fieldsOf(text: string): Fields {
  const lines = text.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const fields = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(at + 1).trim());
  }
  return fields;
}

/** Groups of fields, parted by empty lines (RFC 3464 §2.1). */
export function fieldGroups(text: string): Fields[] {
  return text
    .split(/(?:\r?\n[ \t]*){2,}/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);
}
