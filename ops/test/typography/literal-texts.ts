import { parseFile } from '@swc/core';

/** What a program says: its string literals, the parts of its templates and the words between its tags, as written. */
export async function literalTexts(file: string): Promise<string[]> {
  const module = await parseFile(file, { syntax: 'typescript', tsx: file.endsWith('.tsx'), target: 'es2022' });
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type, value, raw } = node as { readonly type?: string; readonly value?: unknown; readonly raw?: unknown };
    // A tagged template is SQL.
    if (type === 'TaggedTemplateExpression') return;
    if (type === 'StringLiteral' || type === 'JSXText') texts.push(String(value));
    if (type === 'TemplateElement') texts.push(String(raw));
    for (const child of Object.values(node)) visit(child);
  };
  visit(module.body);
  return texts;
}

/** An ordinary space where French wants one that does not break: inside guillemets, before ; : ! ? */
export const BREAKING = /« | (?=[;:!?»](?:[\s.,)…'’«]|$))/u;
