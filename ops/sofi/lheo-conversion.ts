import { grammarOf } from '../../domain/grammar/compiled.ts';
import { NAMESPACES } from '../../domain/grammar/shape.ts';
import type { LheoAttributs, LheoVersion } from '../../domain/grammar/types.ts';
import { convertNode } from '../../domain/lheo/convert.ts';
import type { ElementEvent, OpenEvent, ReadEvent } from '../../domain/lheo/events.ts';
import type { LheoFault } from '../../domain/lheo/faults.ts';
import { writeClose, writeOpen, writeRootOpen } from '../../domain/lheo/file-writer.ts';
import { createSchema, type LheoSchema } from '../../domain/lheo/schema.ts';
import { writeFormation, writeNode } from '../../domain/lheo/writer.ts';
import { type CheckFault, FaultList } from './lheo-report.ts';

/** Faults that writing again mends by itself: what was not known is left out. */
const MENDED: ReadonlySet<LheoFault['code']> = new Set(['element-inconnu', 'attribut-inconnu', 'texte-inattendu']);

/** One file's passage to another version, event by event. */
export class Conversion {
  readonly changes = new FaultList();
  /** What the asked version refuses and no conversion mends. */
  readonly refused = new FaultList();
  readonly #to: LheoVersion;
  readonly #schema: LheoSchema;
  formations = 0;
  from: LheoVersion | null = null;

  constructor(to: LheoVersion) {
    this.#to = to;
    this.#schema = createSchema(to);
  }

  /** The XML that an event becomes. */
  take(event: ReadEvent): string {
    if (event.kind === 'open') return this.#open(event);
    if (event.kind === 'element') return this.#element(event);
    if (event.kind === 'close') return writeClose(event.name);
    const mended = !event.fatal && MENDED.has(event.fault.code);
    (mended ? this.changes : this.refused).add(asFault(event.fault, ''));
    return '';
  }

  end(): void {
    this.#schema.dispose();
  }

  #open(event: OpenEvent): string {
    const root = this.from === null;
    this.from ??= event.version;
    const known = grammarOf(this.#to).get(event.name)?.attributs ?? new Map<string, unknown>();
    const kept = Object.entries(event.attributs).filter(([name]) => known.has(name));
    for (const name of Object.keys(event.attributs).filter((attribut) => !known.has(attribut))) {
      this.changes.add(
        asFault(
          {
            code: 'attribut-inconnu',
            line: event.line,
            path: `/@/${name}`,
            message: `retiré : absent de LHÉO ${this.#to}`,
          },
          event.path,
        ),
      );
    }
    const options = { version: this.#to, attributs: Object.fromEntries(kept) as LheoAttributs };
    return root ? writeRootOpen(event.name, options) : writeOpen(event.name, options);
  }

  #element(event: ElementEvent): string {
    const root = this.from === null;
    this.from ??= event.version;
    const { json, changes } = convertNode(event.name, event.json, event.version, this.#to);
    const xml = this.#write(event, json, root);
    const faults = this.#faultsOf(event, xml);
    for (const fault of faults) this.refused.add(asFault(fault, event.path));
    const rewritten = faults.length === 0 ? event.faults : [];
    for (const fault of rewritten)
      this.changes.add(asFault({ ...fault, message: `repris : ${fault.message}` }, event.path));
    for (const { path, what } of changes) {
      this.changes.add(asFault({ code: 'schema', line: event.lineOf(path), path, message: what }, event.path));
    }
    return xml;
  }

  #write(event: ElementEvent, json: unknown, root: boolean): string {
    const options = { version: this.#to };
    if (root) {
      const tag = `<${event.name}`;
      return writeNode(event.name, json, options).replace(tag, `${tag} xmlns="${NAMESPACES[this.#to]}"`);
    }
    if (event.name !== 'formation') return `${writeNode(event.name, json, options)}\n`;
    this.formations += 1;
    return writeFormation(json as Parameters<typeof writeFormation>[0], options);
  }

  /** What the asked version refuses in what was written, in the reader's words and places where it has them. */
  #faultsOf(event: ElementEvent, xml: string): readonly LheoFault[] {
    const found = this.#schema.validateElement({
      line: event.line,
      placeOf: () => ({ path: '', line: event.line }),
      source: { xml, namespaces: { '': NAMESPACES[this.#to] } },
    });
    return found.length > 0 && event.faults.length > 0 ? event.faults : found;
  }
}

function asFault({ code, line, path, message }: LheoFault, at: string): CheckFault {
  return { source: 'xsd', code, line, path: at + path, message };
}
