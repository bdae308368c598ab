// Input goes to the client that runs the cell, to no other, and never answers the wrong question.
import { expect, jest, test } from '@jest/globals';
import { InMemoryClient } from '../../../../kernel/transport/in-memory-client.js';
import { contentsOf, startKernel, typesOf } from '../start-kernel.js';

test('a question reaches only the client that runs the cell, after the text before it', async () => {
  const asked: string[] = [];
  const { transport, seen } = startKernel(
    {},
    { onInput: async prompt => `first ${asked.push(`first ${prompt}`)}` }
  );
  const other = new InMemoryClient(transport, {
    onInput: async prompt => `other ${asked.push(`other ${prompt}`)}`
  });
  const textBefore: number[] = [];
  const third = new InMemoryClient(transport, {
    onInput: async () => {
      textBefore.push(contentsOf(seen, 'stream').length);
      return 'third';
    }
  });
  expect((await other.execute('ask Name?')).reply.content.status).toBe('ok');
  expect(asked).toEqual(['other Name?']);
  expect(contentsOf(seen, 'stream')).toEqual([{ name: 'stdout', text: 'other 1' }]);
  await third.execute('print before\nask Again?');
  expect(textBefore).toEqual([2]);
});

test('a cell with `allow_stdin: false` is told so at once', async () => {
  const { client } = startKernel();
  const { reply } = await client.execute('ask Name?', { allow_stdin: false });
  expect(reply.content).toMatchObject({
    status: 'error',
    evalue: 'The front end that runs this cell does not take input'
  });
});

test('a stale answer is dropped', async () => {
  const { client, log, seen } = startKernel({}, { onInput: async () => 'fresh' });
  client.send('input_reply', { value: 'stale' }, { channel: 'stdin' });
  await client.execute('ask Name?');
  expect(contentsOf(seen, 'stream')).toEqual([{ name: 'stdout', text: 'fresh' }]);
  expect(log).toEqual(['An input_reply that answers no open question is dropped.']);
});

test('an answer of another client is dropped', async () => {
  const answers = Promise.withResolvers<string>();
  const asked = Promise.withResolvers<void>();
  const { client, transport, log, seen } = startKernel(
    {},
    {
      onInput: () => {
        asked.resolve();
        return answers.promise;
      }
    }
  );
  const cell = client.execute('ask Name?');
  await asked.promise;
  const other = new InMemoryClient(transport);
  other.send('input_reply', { value: 'intruder' }, { channel: 'stdin' });
  await other.request('kernel_info_request', {});
  answers.resolve('owner');
  await cell;
  expect(contentsOf(seen, 'stream')).toEqual([{ name: 'stdout', text: 'owner' }]);
  expect(log).toHaveLength(1);
});

test('an interrupt withdraws the question', async () => {
  const asked = Promise.withResolvers<void>();
  const { client } = startKernel(
    {},
    {
      onInput: () => {
        asked.resolve();
        return new Promise(() => {});
      }
    }
  );
  const cell = client.execute('ask Name?');
  await asked.promise;
  await client.request('interrupt_request', {}, { channel: 'control' });
  const { reply, published } = await cell;
  expect(reply.content).toMatchObject({ status: 'error', evalue: 'The input was interrupted' });
  expect(typesOf(published)).toEqual(['busy', 'execute_input', 'error', 'idle']);
});

test('a question whose answer came another way is withdrawn, which is told, and the next one is asked', async () => {
  const asked = Promise.withResolvers<void>();
  const { client, stdin, interpreter, transport } = startKernel(
    {},
    {
      onInput: prompt => {
        asked.resolve();
        return prompt === 'First?' ? new Promise(() => {}) : Promise.resolve('second');
      }
    }
  );
  const cell = client.execute('wait');
  await interpreter.whenWaiting();
  const { key } = interpreter.executed[0]!;
  const sent = jest.spyOn(transport, 'send');
  const withdrawn: string[] = [];
  stdin.whenWithdrawn(question => withdrawn.push(question));
  const otherWay = new AbortController();
  const first = stdin.ask(key, 'First?', false, otherWay.signal);
  const second = stdin.ask(key, 'Second?', false);
  await asked.promise;
  otherWay.abort();
  await expect(first).rejects.toMatchObject({ code: 'stdin.cancelled' });
  expect(await second).toBe('second');
  const [question] = sent.mock.calls.flatMap(([channel, { header }]) =>
    channel === 'stdin' ? [header.id] : []
  );
  expect(withdrawn).toEqual([question]);
  await expect(stdin.ask(key, 'Late?', false, otherWay.signal)).rejects.toMatchObject({
    code: 'stdin.cancelled'
  });
  interpreter.release();
  await cell;
});

test('two questions are asked one after the other', async () => {
  const prompts: string[] = [];
  const { client, seen } = startKernel({}, { onInput: async prompt => `${prompt}${prompts.push(prompt)} ` });
  await client.execute('ask a\nask b');
  expect(
    contentsOf(seen, 'stream')
      .map(content => content['text'])
      .join('')
  ).toBe('a1 b2 ');
});
