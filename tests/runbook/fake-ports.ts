// The ports of the helper library in memory: what was journaled, asked, shown and written can be read afterwards.
import { AsyncLocalStorage } from 'node:async_hooks';
import { tmpdir } from 'node:os';
import type { ApprovalRelease } from '../../contract/holds/release.js';
import type { MimeBundle } from '../../contract/base/json.js';
import { connectHost } from '../../record/modes/connect.js';
import type {
  EnvironmentProfile,
  HostPorts,
  PeoplePort,
  RecordedEffect,
  RecordedTimes
} from '../../runbook/ports.js';

/** One call of the journal port. */
export interface JournalEntry {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** Ports with everything that went through them. */
export interface FakePorts extends HostPorts {
  /** Calls of the journal, in order. */
  readonly entries: JournalEntry[];
  readonly shown: { bundle: MimeBundle; displayId: string | undefined; isUpdate: boolean }[];
  readonly asked: unknown[];
  /** Secrets that were told to the host. */
  readonly learned: { readonly name: string; readonly value: string }[];
  /** What was written to stdout and stderr. */
  written(name?: 'stdout' | 'stderr'): string;
  /** Interrupts the cell. */
  interrupt(): void;
  /** Makes the next journal call reject with this error. */
  refuseNext(error: Error): void;
}

/** The profile of the tests unless they bring their own. */
export const PROFILE: EnvironmentProfile = {
  name: 'staging',
  isProduction: false,
  mode: 'live',
  vars: { ordersUrl: 'http://orders', shards: 4 },
  splunk: null
};

/** Makes fake ports and installs them. */
export function installFakePorts(
  parts: {
    readonly profile?: EnvironmentProfile;
    readonly people?: Partial<PeoplePort>;
    readonly times?: { readonly [stepOrPhase: string]: RecordedTimes };
    /** Ends that the journal has already, answered in this order. */
    readonly recorded?: readonly Extract<RecordedEffect, { recorded: unknown }>['recorded'][];
  } = {}
): FakePorts {
  const entries: JournalEntry[] = [];
  const shown: FakePorts['shown'] = [];
  const asked: unknown[] = [];
  const output: { name: string; text: string }[] = [];
  const learned: FakePorts['learned'] = [];
  const controller = new AbortController();
  const branches = new AsyncLocalStorage<AbortSignal>();
  let refusal: Error | null = null;
  let ids = 0;
  const left = [...(parts.recorded ?? [])];
  const enter = async (entry: JournalEntry): Promise<string> => {
    const error = refusal;
    refusal = null;
    if (error) {
      throw error;
    }
    entries.push(entry);
    return `id-${++ids}`;
  };
  const decision: ApprovalRelease = {
    decision: 'approved',
    by: { username: 'ann', name: 'Ann', grade: 'claimed' },
    at: '2026-11-22T07:50:03.000Z',
    comment: '',
    decisions: [],
    isBreakGlass: false
  };
  const ports: FakePorts = {
    entries,
    shown,
    asked,
    learned,
    written: name =>
      output
        .filter(part => name === undefined || part.name === name)
        .map(part => part.text)
        .join(''),
    interrupt: () => controller.abort(),
    refuseNext: error => {
      refusal = error;
    },
    journal: {
      startEffect: async effect => {
        const recorded = left.shift();
        return recorded ? { recorded } : enter({ kind: 'effect-started', ...effect });
      },
      endEffect: async (effect, end) => void (await enter({ kind: 'effect-ended', effect, ...end })),
      planEffect: async effect => void (await enter({ kind: 'effect-planned', ...effect })),
      checkpoint: async name => void (await enter({ kind: 'checkpoint', name })),
      note: async text => void (await enter({ kind: 'note', text })),
      registerRollback: name => enter({ kind: 'rollback-registered', name }),
      startRollback: async rollback => void (await enter({ kind: 'rollback-started', rollback })),
      endRollback: async (rollback, end) => void (await enter({ kind: 'rollback-ended', rollback, ...end }))
    },
    people: {
      approve: async request => {
        asked.push(request);
        return parts.people?.approve ? parts.people.approve(request) : decision;
      },
      check: async request => {
        asked.push(request);
        await parts.people?.check?.(request);
      },
      assign: async request => {
        asked.push(request);
        return parts.people?.assign ? parts.people.assign(request) : 'task-list-1';
      },
      gather: async request => {
        asked.push(request);
        return parts.people?.gather ? parts.people.gather(request) : { kind: 'gathered', tasks: [] };
      },
      checked: async result => {
        asked.push(result);
        await parts.people?.checked?.(result);
      }
    },
    secrets: { learn: async secret => void learned.push(secret) },
    display: {
      show: (bundle, options) => void shown.push({ bundle, displayId: options?.displayId, isUpdate: false }),
      update: (displayId, bundle) => void shown.push({ bundle, displayId, isUpdate: true }),
      write: (name, text) => void output.push({ name, text })
    },
    signal: () => branches.getStore() ?? controller.signal,
    interruptSignal: () => controller.signal,
    branch: work => {
      const end = new AbortController();
      const signal = AbortSignal.any([branches.getStore() ?? controller.signal, end.signal]);
      return { result: branches.run(signal, work), stop: reason => end.abort(reason) };
    },
    printing: (_write, work) => work(),
    keep: work => ({ run: work, values: [] }),
    ownGroup: () => () => undefined,
    during: (_label, work) => work(),
    now: () => Date.now(),
    times: async name => {
      const found = parts.times?.[name];
      if (!found) {
        throw new Error(`There is no phase or step “${name}”.`);
      }
      return found;
    },
    environment: parts.profile ?? PROFILE,
    folder: tmpdir(),
    mode: (parts.profile ?? PROFILE).mode
  };
  connectHost(ports);
  return ports;
}

/** The whole journal as text, to look for what must not be in it. */
export function journalText(ports: FakePorts): string {
  return JSON.stringify(ports.entries);
}
