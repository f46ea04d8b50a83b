import type { LheoVersion } from '../../domain/grammar/types.ts';
import type { ElementEvent, ReadEvent } from '../../domain/lheo/events.ts';
import { type LheoFault, XML_FAULT_CODES } from '../../domain/lheo/faults.ts';
import { readLheo } from '../../domain/lheo/read.ts';
import { createSchema, type LheoSchema } from '../../domain/lheo/schema.ts';
import { ERRORS, errorCodeOf } from '../../domain/model/errors.ts';
import type { RuleContext } from '../../domain/model/rules.ts';
import { openLheo } from './lheo-open.ts';
import { type CheckFault, type CheckReport, describeReport, FaultList } from './lheo-report.ts';
import { ruleContext, ruleFaults } from './lheo-rules.ts';
import { endOf } from './verb-end.ts';

export interface CheckOptions {
  /** The version the file has to be. */
  readonly version?: LheoVersion;
  readonly rules: boolean;
  readonly json?: boolean;
}

/** Checks each file in turn, says what it finds, and gives the exit code. */
export async function checkFiles(files: readonly string[], options: CheckOptions): Promise<0 | 1 | 2> {
  const context = options.rules ? await ruleContext() : undefined;
  let worst: 0 | 1 | 2 = 0;
  for (const file of files) {
    try {
      const report = await checkFile(file, options.version, context);
      process.stdout.write(`${options.json === true ? JSON.stringify(report) : describeReport(report)}\n`);
      if (!report.valid && worst === 0) worst = 1;
    } catch (error) {
      process.stderr.write(`${endOf(error).message}\n`);
      worst = 2;
    }
  }
  return worst;
}

async function checkFile(
  file: string,
  asked: LheoVersion | undefined,
  context: RuleContext | undefined,
): Promise<CheckReport> {
  const { bytes, name } = await openLheo(file);
  const check = new Check(asked, context);
  try {
    for await (const event of readLheo(bytes, { source: true })) check.take(event);
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === undefined) throw error;
    check.refuse({ source: 'xml', code, line: 0, path: '', message: ERRORS[code].title.fr });
  } finally {
    check.end();
  }
  return check.report(name);
}

/** One file's check, event by event. */
class Check {
  readonly #asked: LheoVersion | undefined;
  readonly #context: RuleContext | undefined;
  readonly #faults = new FaultList();
  readonly #counts = { formations: 0, actions: 0, sessions: 0 };
  #schema: LheoSchema | undefined;
  #version: LheoVersion | undefined;
  #valid = true;

  constructor(asked: LheoVersion | undefined, context: RuleContext | undefined) {
    this.#asked = asked;
    this.#context = context;
  }

  take(event: ReadEvent): void {
    if (event.kind === 'fault') this.refuse({ source: sourceOf(event.fault), ...event.fault });
    if (event.kind !== 'open' && event.kind !== 'element') return;
    if (this.#version === undefined) this.#start(event.version, event.line);
    if (event.kind === 'element') this.#element(event);
  }

  refuse(fault: CheckFault): void {
    this.#valid = false;
    this.#faults.add(fault);
  }

  end(): void {
    this.#schema?.dispose();
    this.#schema = undefined;
  }

  report(file: string): CheckReport {
    const { kept: faults, more } = this.#faults;
    const report = { file, version: this.#version ?? null, valid: this.#valid, counts: this.#counts, faults };
    return more === 0 ? report : { ...report, more };
  }

  #start(version: LheoVersion, line: number): void {
    this.#version = version;
    this.#schema = createSchema(version);
    if (this.#asked === undefined || this.#asked === version) return;
    const message = `le fichier est du LHÉO ${version}, ${this.#asked} était demandé`;
    this.refuse({ source: 'xsd', code: 'version-inattendue', line, path: '', message });
  }

  #element(event: ElementEvent): void {
    for (const fault of schemaFaults(event, this.#schema?.validateElement(event) ?? [])) {
      this.refuse({ ...fault, source: 'xsd', path: event.path + fault.path });
    }
    if (event.name !== 'formation') return;
    count(event.json, this.#counts);
    if (this.#context === undefined) return;
    for (const fault of ruleFaults(event, this.#context)) this.#faults.add(fault);
  }
}

/** The reader's words where it has some, the schema's own for lines the reader found nothing on. */
function schemaFaults(event: ElementEvent, found: readonly LheoFault[]): LheoFault[] {
  const lines = new Set(event.faults.map(({ line }) => line));
  return [...event.faults, ...found.filter(({ line }) => !lines.has(line))].toSorted((a, b) => a.line - b.line);
}

function sourceOf({ code }: LheoFault): 'xml' | 'xsd' {
  return (XML_FAULT_CODES as readonly string[]).includes(code) ? 'xml' : 'xsd';
}

function count(json: unknown, counts: { formations: number; actions: number; sessions: number }): void {
  const { action = [] } = json as { action?: readonly { session?: readonly unknown[] }[] };
  counts.formations += 1;
  counts.actions += action.length;
  for (const { session = [] } of action) counts.sessions += session.length;
}
