// Three channels become one order again.
import { beforeEach, expect, test } from '@jest/globals';
import { OutputGate } from '../../../../kernel/executor/outside/output-gate.js';

let order: string[];
let gate: OutputGate<string>;
beforeEach(() => {
  order = [];
  gate = new OutputGate(text => order.push(text));
});

test('without barriers everything passes at once', () => {
  gate.add(0, 'a');
  gate.add(1, 'b');
  expect(order).toEqual(['a', 'b']);
});

test('what follows a barrier waits for what comes before it on the other channels', () => {
  gate.addBarrier(0, 1, [1, 2]);
  gate.add(0, 'after');
  gate.add(1, 'raw before');
  gate.addBarrier(1, 1);
  expect(order).toEqual(['raw before']);
  gate.addBarrier(2, 1);
  expect(order).toEqual(['raw before', 'after']);
});

test('raw text after a marker waits for the frames before it', () => {
  gate.addBarrier(1, 1);
  gate.add(1, 'raw after');
  gate.add(0, 'frame before');
  gate.addBarrier(0, 1, [1]);
  expect(order).toEqual(['frame before', 'raw after']);
});

test('a closed channel holds nothing up', () => {
  gate.addBarrier(0, 1, [1, 2]);
  gate.add(0, 'after');
  gate.close(1);
  gate.close(2);
  expect(order).toEqual(['after']);
});

test('a marker whose frame was never written is passed over at the next barrier', () => {
  gate.addBarrier(1, 1);
  gate.add(1, 'raw');
  gate.addBarrier(0, 2, [1]);
  gate.add(0, 'after');
  gate.addBarrier(1, 2);
  expect(order).toEqual(['raw', 'after']);
});

test('what follows a pause waits until it is over, and the other channels go on', () => {
  gate.add(0, 'before');
  const goOn = gate.addPause();
  gate.add(0, 'after');
  gate.add(1, 'raw');
  expect(order).toEqual(['before', 'raw']);
  goOn();
  gate.add(0, 'last');
  expect(order).toEqual(['before', 'raw', 'after', 'last']);
});

test('a pause waits for the barrier before it, and the barrier after it for the pause', () => {
  gate.addBarrier(0, 1, [1]);
  const goOn = gate.addPause();
  gate.add(0, 'end');
  gate.addBarrier(0, 2, [1]);
  gate.add(0, 'next');
  gate.add(1, 'raw');
  gate.addBarrier(1, 1);
  gate.addBarrier(1, 2);
  goOn();
  expect(order).toEqual(['raw', 'end', 'next']);
});

test('a pause that is over before its turn has come holds nothing up', () => {
  gate.addBarrier(0, 1, [1]);
  gate.addPause()();
  gate.add(0, 'end');
  expect(order).toEqual([]);
  gate.addBarrier(1, 1);
  expect(order).toEqual(['end']);
});

test('flush lets out what is left, frames first', () => {
  gate.addBarrier(1, 1);
  gate.add(1, 'raw');
  gate.addBarrier(0, 2, [1]);
  gate.add(0, 'frame');
  gate.flush();
  expect(order).toEqual(['raw', 'frame']);
});
