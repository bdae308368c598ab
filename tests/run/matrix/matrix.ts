// Looks at cases of the matrix: brings a step to its end in one of the ways, in a run of its own, and tells what differs from the table.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { interruptedEffects } from '../../../contract/plans/resume-plan.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { HeadlessFolder, killExecutors } from '../headless-folder.js';
import { isCutOff, sourceOf, tokensOf } from './case.js';
import { isHold, isMark, rightOutcome, type MatrixCase } from './outcomes.js';
import { openWithPeople, type Answer, type PeopleRun } from './people.js';

/** The longest that an act is waited for. */
const MOST_MS = 60_000;

const folders = new Map<string, HeadlessFolder>();
const server = createServer((request, response) => void answer(request.url!, response));

export async function startMatrix(): Promise<void> {
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
}

export function stopMatrix(): void {
  server.close();
}

/** `/FOLDER/act?held`: writes the token, answers when the folder has the file `go`. */
async function answer(
  url: string,
  response: { writeHead(status: number): unknown; end(text: string): unknown }
): Promise<void> {
  const { pathname, search } = new URL(url, 'http://localhost');
  const [, name, token] = pathname.split('/');
  const folder = folders.get(name!);
  if (!folder) {
    return;
  }
  appendFileSync(folder.path('log'), `${token}\n`);
  while (search.includes('held') && !existsSync(folder.path('go')) && folders.has(name!)) {
    await sleep(10);
  }
  response.writeHead(search.includes('failing') ? 500 : 200);
  response.end('{}');
}

/** What differs from the table, a line each. */
export async function faultsOf(each: MatrixCase, index: number): Promise<string[]> {
  const name = `case-${index}`;
  const { port } = server.address() as AddressInfo;
  const source = sourceOf(each, `http://127.0.0.1:${port}/${name}`);
  const folder = new HeadlessFolder(
    { act: source, after: 'await new Promise(later => setTimeout(later, 300));' },
    'environments: { staging: {} }\ntypecheck: off\n'
  );
  folders.set(name, folder);
  const wanted = rightOutcome(each)!;
  const faults: string[] = [];
  const differs = (what: string, seen: unknown, expected: unknown): void => {
    faults.push(
      `${each.helper} ${each.place} ${each.ending}: ${what} is ${JSON.stringify(seen)}, expected ${JSON.stringify(expected)}`
    );
  };
  try {
    await endIt(each, folder);
    await during(folder, 'nothing', async run => {
      const status = run.state.steps['act']?.status ?? 'open';
      if (!wanted.step.includes(status)) {
        differs('the step', status, wanted.step);
      }
      const done = timesDone(folder, each);
      if (done.some(times => times !== wanted.done)) {
        differs('done', done, wanted.done);
      }
      const ends = endsOf(folder, each);
      const isUntold = wanted.done === 1 && wanted.recorded.length > 0 && ends.length === 0;
      if (!ends.every(end => wanted.recorded.includes(end)) || isUntold) {
        differs('the record', ends, wanted.recorded);
      }
      if (wanted.goesOn) {
        await goOn(run, folder, each);
        const after = run.state.steps['act']?.status;
        if (after !== 'passed') {
          differs('the step after going on', after, 'passed');
        }
      }
    });
    if (wanted.goesOn) {
      const done = timesDone(folder, each);
      if (done.some(times => times !== 1)) {
        differs('done after going on', done, 1);
      }
    }
  } catch (error) {
    differs('an error', String(error), 'none');
  } finally {
    folders.delete(name);
    folder.remove();
  }
  return faults;
}

/** Executes the step up to its end, in one of the ways. */
async function endIt(each: MatrixCase, folder: HeadlessFolder): Promise<void> {
  // A question that nobody awaits is refused before anything begins.
  const isRefused = isHold(each.helper) && each.place === 'not awaited';
  const isHeld = each.place !== 'in a timer' && !isRefused && isCutOff(each);
  if (isHeld && (each.ending === 'loses its kernel' || each.ending === 'loses its machine')) {
    await loseKernel(each, folder);
    return;
  }
  await during(folder, answerIn(each), async run => {
    const ended = run.execute('act');
    if (isHeld) {
      await isDone(each, folder);
      if (each.ending === 'is interrupted') {
        await run.interrupt();
      } else {
        killExecutors(folder.folder);
      }
    } else if (each.place === 'beside a failing sibling') {
      await isDone(each, folder);
      writeFileSync(folder.path('sibling'), '');
    }
    await ended;
    if (each.helper === 'background') {
      // It goes on after its step.
      await until(() =>
        isHeld ? run.state.recovery !== null : endsOf(folder, each).every(end => end !== null)
      );
    }
    if (each.place === 'in a timer') {
      await run.execute('after');
    }
  });
}

/** Kills the process of the kernel when the act is done; a machine takes away what was not synced, too. */
async function loseKernel(each: MatrixCase, folder: HeadlessFolder): Promise<void> {
  const synced = folder.path('synced');
  const life = spawn(
    process.execPath,
    [join(import.meta.dirname, 'life.js'), folder.path('release.ipynb'), 'act', synced],
    { stdio: ['ignore', 'ignore', 'inherit'] }
  );
  const ended = new Promise(resolve => life.once('exit', resolve));
  await isDone(each, folder);
  if (isMark(each.helper) || isHold(each.helper) || each.helper === 'background') {
    // What the record alone shows has happened once it is synced.
    const bytes = statSync(folder.path('release.journal.jsonl')).size;
    await until(() => existsSync(synced) && Number(readFileSync(synced, 'utf8')) >= bytes);
  }
  life.kill('SIGKILL');
  await ended;
  if (each.ending === 'loses its machine') {
    truncateSync(folder.path('release.journal.jsonl'), Number(readFileSync(synced, 'utf8')));
  }
}

/** What is done, and a question that is asked. Of what goes on after its step, the step has ended too. */
function isDone(each: MatrixCase, folder: HeadlessFolder): Promise<void> {
  const { helper } = each;
  return until(() =>
    isHold(helper)
      ? recordsOf(folder, `${helper}-requested`) > 0
      : timesDone(folder, each).every(Boolean) &&
        (helper !== 'background' || recordsOf(folder, 'attempt-ended') > 0)
  );
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + MOST_MS;
  while (!isSo()) {
    if (Date.now() > deadline) {
      throw new Error('what was waited for did not happen');
    }
    await sleep(10);
  }
}

/** How often each act was done: by the log of the world, and where the record is all that it does, by the record. */
function timesDone(folder: HeadlessFolder, each: MatrixCase): number[] {
  const { helper } = each;
  if (isMark(helper)) {
    return [recordsOf(folder, helper)];
  }
  return isHold(helper) ? [releasesOf(folder, helper)] : tokensOf(each).map(token => count(folder, token));
}

function recordsOf(folder: HeadlessFolder, kind: string): number {
  return journalOf(folder).filter(record => record.kind === kind).length;
}

function releasesOf(folder: HeadlessFolder, helper: string): number {
  return journalOf(folder).filter(record =>
    helper === 'approval'
      ? record.kind === 'approval-decided' && record.decision.decision === 'approved'
      : record.kind === 'checklist-closed' && record.status === 'done'
  ).length;
}

/** Its last line may be half written. */
function journalOf(folder: HeadlessFolder): readonly JournalRecord[] {
  const path = folder.path('release.journal.jsonl');
  return existsSync(path) ? readJournal(readFileSync(path, 'utf8')).records : [];
}

/** What people say to what the step asks. */
function answerIn(each: MatrixCase): Answer {
  if (isCutOff(each) || each.place === 'beside a failing sibling') {
    return 'nothing';
  }
  return each.ending === 'passes' ? 'approve' : 'reject';
}

async function during<T>(
  folder: HeadlessFolder,
  answer: Answer,
  act: (run: PeopleRun) => Promise<T>
): Promise<T> {
  const run = await openWithPeople(folder.path('release.ipynb'), process.execPath, answer);
  try {
    return await act(run);
  } finally {
    await run.close();
  }
}

function count(folder: HeadlessFolder, token: string): number {
  return folder.lines('log').filter(line => line === token).length;
}

/** The recorded end of each act; null when it has none. What holds the act in it (a wait, a record around it) is not looked at. */
function endsOf(folder: HeadlessFolder, each: MatrixCase): (string | null)[] {
  const records = journalOf(folder);
  const acts = records.filter(
    record =>
      record.kind === 'effect-started' &&
      ACTING.has(record.helper) &&
      JSON.stringify([record.label, record.request]).includes('act')
  );
  return acts
    .map(act => {
      const end = records.find(
        record => record.kind === 'effect-ended' && 'effect' in act && record.effect === act.effect
      );
      return end && 'outcome' in end ? String(end.outcome) : null;
    })
    .slice(-tokensOf(each).length);
}

const ACTING: ReadonlySet<string> = new Set(['shell', 'http', 'record', 'background']);

/** What a person does who has looked: says what was done, and lets the step go on from there. */
async function goOn(run: PeopleRun, folder: HeadlessFolder, each: MatrixCase): Promise<void> {
  writeFileSync(folder.path('go'), '');
  writeFileSync(folder.path('sibling'), '');
  const before = timesDone(folder, each);
  run.answer('approve');
  if (run.state.steps['act']?.status === 'inconclusive' && !isHold(each.helper) && !isMark(each.helper)) {
    await run.execute('act');
    const after = timesDone(folder, each);
    if (String(before) !== String(after)) {
      throw new Error(`it was done again without a question: ${before} → ${after}`);
    }
  }
  for (const effect of [...Object.values(run.state.openEffects), ...interruptedEffects(run.state, 'act')]) {
    const isDoneByPerson = ACTING.has(effect.helper) && effect.label !== 'outer';
    await run.command(`%judge ${effect.id} ${isDoneByPerson ? 'passed' : 'again'} looked at the log`);
  }
  if (run.state.recovery === null) {
    await run.command('%continue act');
  }
  await run.command('%resume');
  if (run.state.steps['act']?.status !== 'passed') {
    await run.execute('act');
  }
}
