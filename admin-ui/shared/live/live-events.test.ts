import { describe, expect, it } from '@jest/globals';
import { followEvents, type LiveEvent, soumissionOf } from './live-events.ts';

/** A stream that a test speaks through. */
function aStream() {
  const target = new EventTarget();
  let closed = false;
  const source = {
    addEventListener: target.addEventListener.bind(target) as EventSource['addEventListener'],
    close: () => {
      closed = true;
    },
  };
  const say = (type: string, data = '') => target.dispatchEvent(new MessageEvent(type, { data }));
  return { source, say, isClosed: () => closed };
}

describe('the events of the queue', () => {
  it('name the soumission that moved, or say that all is to be read again', () => {
    const heard: LiveEvent[] = [];
    const { source, say } = aStream();
    followEvents({ hear: (event) => heard.push(event), live: () => undefined }, () => source);
    say('soumission', '{"id":"a","statut":"controlee"}');
    say('file', '{"n":50}');
    say('resync', '{}');
    say('soumission', 'not json');
    expect(heard).toEqual([{ kind: 'soumission', id: 'a' }, { kind: 'file' }, { kind: 'resync' }, { kind: 'resync' }]);
  });

  it('say whether they come in, so that the screens poll when they do not', () => {
    const states: boolean[] = [];
    const { source, say, isClosed } = aStream();
    const leave = followEvents({ hear: () => undefined, live: (on) => states.push(on) }, () => source);
    say('open');
    say('error');
    say('open');
    leave();
    expect([states, isClosed()]).toEqual([[true, false, true, false], true]);
  });

  it('are read with care', () => {
    expect([soumissionOf('{"id":"a"}'), soumissionOf('{"id":1}'), soumissionOf('null')]).toEqual([
      'a',
      undefined,
      undefined,
    ]);
  });
});
