import { describe, expect, it } from '@jest/globals';
import {
  examplesAreHere,
  madeCurrent,
  officialSchema,
  readExamples,
} from '../../../ops/test/examples/example-files.ts';
import { descendants, parseXml, without, type XmlNode } from '../../../ops/test/examples/infoset.ts';
import type { ParisDay, SessionId } from '../../model/ids.ts';
import { readLheo } from '../read.ts';
import { LheoSchema } from '../schema.ts';
import { fromLheo } from './in.ts';
import { type Days, organismesShown } from './out.ts';
import { FULL_FOOT, fullHead, writeFormationOut } from './out-bytes.ts';
import { shownOn } from './out-shown.ts';
import type { LheoFormation, NewIds } from './received.ts';

const DAY = '2026-11-24' as ParisDay;
if (!examplesAreHere) console.warn('The real LHÉO files are not beside this checkout: they are not sent out');

const uuid = () => crypto.randomUUID();
const ids: NewIds = {
  fiche: () => uuid() as ReturnType<NewIds['fiche']>,
  action: () => uuid() as ReturnType<NewIds['action']>,
  session: () => uuid() as SessionId,
  dispositif: () => uuid() as ReturnType<NewIds['dispositif']>,
};

async function outOf(xml: string): Promise<string> {
  const formations: string[] = [];
  for await (const event of readLheo([Buffer.from(xml)])) {
    if (event.kind !== 'element' || event.name !== 'formation') continue;
    const { formation } = fromLheo(event.json as LheoFormation, ids);
    const shown = new Set(shownOn(formation, DAY).ids);
    expect(organismesShown(formation, shown)).toEqual([]);
    const levels = [formation, ...formation.actions, ...formation.actions.flatMap((action) => action.sessions)];
    const days = new Map(levels.map(({ id }): [string, Days] => [id, { maj: DAY, creee: DAY }]));
    const written = writeFormationOut({ document: formation, shown, organismes: new Map(), days, cpf: new Map() });
    if (written.kind === 'refused') throw new Error(written.message);
    formations.push(written.xml);
  }
  return `${fullHead('2.3')}${formations.join('')}${FULL_FOOT}`;
}

const ADDED = /^(eligibilite-cpf|dispositifs-session|date-export|heure-export|DATE EXPORT .*)$/i;

/** What a comparison leaves out: days of change, and what SOFI never sends out or adds itself. */
function compared(xml: string): XmlNode[] {
  const pruned = without(parseXml(xml), (child) => ADDED.test(child.attributes.info ?? ''), ['datemaj']);
  const emptied = without(pruned, (child) => child.name === 'extras' && child.children.length === 0, []);
  return descendants(withoutBlanks(emptied), 'formation');
}

/** White space alone is no text: a file may hold an empty element over two lines. */
function withoutBlanks(node: XmlNode): XmlNode {
  const text = node.text.trim() === '' ? '' : node.text;
  return { ...node, text, children: node.children.map(withoutBlanks) };
}

describe('the real files', () => {
  const check = examplesAreHere ? it : it.skip;
  const files = examplesAreHere ? readExamples() : [];

  check('come out as they went in, field by field and in their order, valid by the official schema', async () => {
    const schema = new LheoSchema('2.3', officialSchema('2.3'));
    for (const [index, file] of files.entries()) {
      const current = madeCurrent(file, index, '20261124');
      const out = await outOf(current.xml);
      expect([file.name, schema.validate(out)]).toEqual([file.name, []]);
      const expected = compared(current.xml);
      expect(compared(out)).toEqual(expected);
    }
    expect(files).toHaveLength(14);
    schema[Symbol.dispose]();
  });
});
