import { ruleOf } from '../grammar/compiled.ts';
import { type LheoVersion, NAMESPACES } from '../grammar/shape.ts';
import type { ElementName, LheoAttributs, LheoExtras } from '../grammar/types.ts';
import { Held } from './held.ts';
import { WriteError } from './write-error.ts';
import { writeElement } from './writer.ts';

interface HeadOptions {
  /** 2.3 when absent. */
  readonly version?: LheoVersion;
  readonly attributs?: LheoAttributs;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The start of a file of formations, down to the line before the first one. */
export function writeLheoHead(options: HeadOptions = {}): string {
  return `${writeRootOpen('lheo', options)}${writeOpen('offres', { version: options.version ?? '2.3' })}`;
}

/** The end of a file of formations: the root's `extras` stand after `offres`. */
export function writeLheoTail(
  options: { readonly version?: LheoVersion; readonly extras?: readonly LheoExtras[] } = {},
): string {
  const version = options.version ?? '2.3';
  const extras = (options.extras ?? []).map((item) => `${writeElement('extras', item, { version })}\n`);
  return `${writeClose('offres')}${extras.join('')}${writeClose('lheo')}`;
}

/** XML declaration and start tag of any root, with the namespace: the only place that declares it. */
export function writeRootOpen(name: ElementName, { version = '2.3', attributs }: HeadOptions = {}): string {
  return `${DECLARATION}<${name} xmlns="${NAMESPACES[version]}"${writeAttributs(name, version, attributs)}>\n`;
}

/** Start tag of a container below the root, on a line of its own. */
export function writeOpen(name: ElementName, { version = '2.3', attributs }: HeadOptions = {}): string {
  return `<${name}${writeAttributs(name, version, attributs)}>\n`;
}

/** End tag of a root or a container, on a line of its own. */
export function writeClose(name: ElementName): string {
  return `</${name}>\n`;
}

function writeAttributs(name: ElementName, version: LheoVersion, attributs: LheoAttributs = {}): string {
  const rule = ruleOf(name, version);
  const unknown = Object.keys(attributs).find((attribut) => !rule.attributs.has(attribut));
  if (unknown !== undefined)
    throw new WriteError(`/${name}/@/${unknown}`, `LHÉO ${version} has no such attribute here`);
  const held = new Held();
  return [...rule.attributs.keys()]
    .map((attribut) => [attribut, attributs[attribut as keyof LheoAttributs]] as const)
    .map(([attribut, value]) =>
      value === undefined ? '' : ` ${attribut}="${held.escaped(value, `/${name}/@/${attribut}`)}"`,
    )
    .join('');
}
