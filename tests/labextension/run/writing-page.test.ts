// Of several pages of one shared document exactly one writes, whatever comes and goes, once each knows the others.
import { afterEach, expect, jest, test } from '@jest/globals';
import { WritingPage, type SharedPresence } from '../../../labextension/run/writing-page.js';

type State = { readonly [field: string]: unknown };

/** What y-protocols' awareness does for one document: every page knows the states of all. */
class Room {
  readonly states = new Map<number, State>();
  private readonly listeners = new Map<number, Set<() => void>>();

  presenceOf(clientID: number): SharedPresence {
    const listeners = new Set<() => void>();
    this.listeners.set(clientID, listeners);
    return {
      clientID,
      getStates: () => this.states,
      setLocalStateField: (field, value) => {
        this.states.set(clientID, { ...this.states.get(clientID), [field]: value });
        this.tell();
      },
      on: (_event, listen) => void listeners.add(listen),
      off: (_event, listen) => void listeners.delete(listen)
    };
  }

  leave(clientID: number): void {
    this.states.delete(clientID);
    this.listeners.delete(clientID);
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach(listeners => listeners.forEach(listen => listen()));
  }
}

const made: WritingPage[] = [];
const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const never = new Promise<boolean>(() => undefined);
function open(room: Room, client: number, { isAlone = () => never, changed = (): void => undefined } = {}) {
  const page = new WritingPage({
    presence: room.presenceOf(client),
    page: `page-${client}`,
    isAlone,
    changed
  });
  made.push(page);
  return page;
}

Object.assign(globalThis, { window: globalThis });
afterEach(() => {
  made.splice(0).forEach(page => page.dispose());
  jest.useRealTimers();
});

test('the page that executed a step writes what it did, as long as it is there', async () => {
  const room = new Room();
  let isAlone = never;
  const [first, second] = [open(room, 1, { isAlone: () => isAlone }), open(room, 2)];
  expect([first.writes('page-2'), second.writes('page-2')]).toEqual([false, true]);
  expect([first.writes('page-1'), second.writes('page-1')]).toEqual([true, false]);
  isAlone = Promise.resolve(true);
  room.leave(2);
  await settle();
  expect(first.writes('page-2')).toBe(true);
});

test('for what nobody of them executed, exactly one of any number of pages writes', () => {
  const room = new Room();
  const pages = [7, 3, 9, 5].map(client => open(room, client));
  for (const executor of [undefined, 'gone', 'session of a console']) {
    expect(pages.filter(page => page.writes(executor))).toHaveLength(1);
  }
  room.leave(3);
  const left = pages.filter((_, index) => index !== 1);
  expect(left.map(page => page.writes('gone'))).toEqual([false, false, true]);
});

test('a page without our extension is not waited for', () => {
  const room = new Room();
  room.states.set(1, { user: { name: 'somebody' } });
  const [first, second] = [open(room, 2), open(room, 3)];
  expect([first.writes(undefined), second.writes(undefined)]).toEqual([true, false]);
});

test('a page that knows nobody yet writes nothing of others before it is told that it is alone', async () => {
  let changes = 0;
  const page = open(new Room(), 1, { isAlone: () => Promise.resolve(true), changed: () => changes++ });
  expect(page.writes('gone')).toBe(false);
  await settle();
  expect([page.writes('gone'), changes]).toEqual([true, 1]);
});

test('a page that suddenly sees nobody may have been cut off, and writes nothing at first', () => {
  jest.useFakeTimers();
  const room = new Room();
  const [page] = [open(room, 1), open(room, 2)];
  expect(page.writes('gone')).toBe(true);
  room.leave(2);
  expect(page.writes('gone')).toBe(false);
  jest.advanceTimersByTime(30_000);
  expect(page.writes('gone')).toBe(true);
});

test('or after thirty seconds, when nobody was told of', () => {
  jest.useFakeTimers();
  let changes = 0;
  const page = open(new Room(), 1, { changed: () => changes++ });
  jest.advanceTimersByTime(29_999);
  expect([page.writes(undefined), changes]).toEqual([false, 0]);
  jest.advanceTimersByTime(1);
  expect([page.writes(undefined), changes]).toEqual([true, 1]);
});

test('a page that has gone may be connected for a moment longer: it is asked again whether somebody is there', async () => {
  jest.useFakeTimers();
  const room = new Room();
  let asked = 0;
  const [page] = [open(room, 1, { isAlone: () => Promise.resolve(++asked > 3) }), open(room, 2)];
  room.leave(2);
  await jest.advanceTimersByTimeAsync(3900);
  expect(page.writes('gone')).toBe(false);
  await jest.advanceTimersByTimeAsync(100);
  expect(page.writes('gone')).toBe(true);
  const before = asked;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(before);
});

test('an answer that comes when another page has come meanwhile counts no more', async () => {
  const room = new Room();
  let answer = (_isAlone: boolean): void => undefined;
  const page = open(room, 2, { isAlone: () => new Promise(resolve => (answer = resolve)) });
  const late = answer;
  open(room, 1);
  room.leave(1);
  late(true);
  await settle();
  expect(page.writes('gone')).toBe(false);
});
