import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { actorOf } from '../../../db/moderation/stage.ts';
import type { DecisionKind } from '../../../domain/model/vocabulary.ts';
import type { Model, Thought } from './model.ts';
import type { World } from './world.ts';

type Act = (model: Model, world: World) => Promise<void>;
const SECOND_MS = 1_000;

function differs(what: string, model: unknown, world: unknown): Error {
  return new Error(`${what}: the model says ${JSON.stringify(model)}, the rows ${JSON.stringify(world)}`);
}

async function compare(model: Model, world: World): Promise<void> {
  if (world.ids.length === 0) return;
  const { broken, ...seen } = await world.seen();
  const { versions, inOffer, approvals, soumissions } = model;
  const thought = {
    soumissions: soumissions.map(({ statut, version, accepted }) => ({ statut, version, accepted })),
    versions,
    inOffer,
    approvals,
  };
  if (!isDeepStrictEqual(thought, seen)) throw differs('after it', thought, seen);
  if (broken.length > 0) throw new Error(`the chain is broken at ${broken.join()}`);
}

/** One act on both; time goes on a second by each, so that none has the instant of another. */
class Command implements fc.AsyncCommand<Model, World> {
  readonly #name: string;
  readonly #act: Act;
  readonly #needs: boolean;

  constructor(name: string, act: Act, needs = true) {
    this.#name = name;
    this.#act = act;
    this.#needs = needs;
  }

  check(model: Readonly<Model>): boolean {
    return !this.#needs || model.soumissions.length > 0;
  }

  async run(model: Model, world: World): Promise<void> {
    model.now += SECOND_MS;
    world.stage.now = model.now;
    await this.#act(model, world);
    await compare(model, world);
  }

  toString(): string {
    return this.#name;
  }
}

/** The same refusal, or none, on both sides. */
async function both(thought: string | null, real: Promise<string | null>): Promise<void> {
  const code = await real;
  if (thought !== code) throw differs('the refusal', thought, code);
}

/** One of the soumissions there are, the last one most often. */
function chosen(model: Model, back: number): readonly [Thought, number] {
  const k = Math.max(0, model.soumissions.length - 1 - back);
  const one = model.soumissions[k];
  if (one === undefined) throw new Error('no soumission');
  return [one, k];
}

const back = fc.constantFrom(0, 0, 0, 0, 1);
const who = fc.constantFrom('moderatrice', 'moderateur');
const MINUTES = [3, 11, 11, 60, 25 * 60, 16 * 1_440, 61 * 1_440];

const deposit = new Command(
  'deposit',
  async (model, world) => {
    await world.deposit();
    model.deposit();
  },
  false,
);
const check = new Command('check', async (model, world) => {
  const k = model.open === undefined ? -1 : model.soumissions.indexOf(model.open);
  if (model.open?.statut === 'deposee') await world.stage.check(world.ids[k] ?? '');
  model.check();
});
const timers = new Command('timers', async (model, world) => {
  await world.timers();
  model.timers();
});
const release = new Command('release', async (model, world) => {
  await world.release();
  model.release();
});

/** What OFs, moderators, releases and clocks may do, in any order. */
export function commands(): fc.Arbitrary<fc.AsyncCommand<Model, World>>[] {
  const claim = fc.tuple(who, fc.boolean(), back).map(
    ([by, takeOver, at]) =>
      new Command(`claim by ${by}${takeOver ? ', taking over' : ''}`, async (model, world) => {
        const [one, k] = chosen(model, at);
        const real = world.apply(k, { kind: 'claim', by: world.actor(by), takeOver });
        await both(model.claim(one, by, takeOver), real);
      }),
  );
  const giveBack = fc.tuple(who, back).map(
    ([by, at]) =>
      new Command(`give back by ${by}`, async (model, world) => {
        const [one, k] = chosen(model, at);
        await both(model.giveBack(one, by), world.apply(k, { kind: 'giveBack', by: world.actor(by) }));
      }),
  );
  const kinds = fc.constantFrom<DecisionKind>('approve', 'approve', 'refuse', 'requestChanges');
  const decide = fc.tuple(who, kinds, back, fc.constantFrom(0, 0, 0, 1)).map(
    ([by, kind, at, stale]) =>
      new Command(`${kind} by ${by}${stale === 0 ? '' : ', stale'}`, async (model, world) => {
        const [one, k] = chosen(model, at);
        const decision = { kind, version: one.version + stale };
        await both(model.decide(one, by, decision), world.apply(k, { kind: 'decide', by: world.actor(by), decision }));
      }),
  );
  const undo = fc.tuple(who, back).map(
    ([by, at]) =>
      new Command(`undo by ${by}`, async (model, world) => {
        const [one, k] = chosen(model, at);
        await both(model.undo(one, by), world.apply(k, { kind: 'undo', by: world.actor(by) }));
      }),
  );
  const withdraw = back.map(
    (at) =>
      new Command('withdraw', async (model, world) => {
        const [one, k] = chosen(model, at);
        await both(model.withdraw(one), world.apply(k, { kind: 'withdraw', by: actorOf(world.cast.of) }));
      }),
  );
  const pass = fc.constantFrom(...MINUTES).map(
    (minutes) =>
      new Command(`${minutes} minutes pass`, async (model, world) => {
        model.now += minutes * 60 * SECOND_MS;
        world.stage.now = model.now;
        await world.timers();
        model.timers();
      }),
  );
  const always = [deposit, check, timers, release].map((one) => fc.constant(one));
  return [...always, claim, giveBack, decide, decide, undo, withdraw, pass];
}
