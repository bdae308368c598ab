// A dry run: every act is printed as it would be done, put into the journal as planned, and not performed. Nobody is asked,
// no secret is read, no connection is opened. Cells get the empty result of each act, or what their author has put beside it.
import type { FormField } from '../../contract/holds/hold-rules.js';
import type { Json } from '../../contract/base/json.js';
import { writeDuration } from '../../runbook/duration.js';
import type { EffectRunner } from '../../runbook/effect/effect-runner.js';
import type { EffectEnd } from '../../runbook/effect/effect-runner.js';
import type { EffectRequest } from '../../runbook/effect/effect-runner.js';
import { maskOf } from '../../runbook/masking/masker.js';
import type { HostPorts, PeoplePort, Ports, SecretSource, SecretsPort } from '../../runbook/ports.js';
import { knownSecrets, maskJson, maskText } from '../../runbook/redact.js';
import { quoteCommand } from '../../runbook/shell/quote.js';

/** What a dry run puts in front of the host's ports. */
export function dryRunPorts(host: HostPorts): Pick<Ports, 'effects' | 'people' | 'secrets'> {
  const plan = planner(host);
  return { effects: dryEffects(plan), people: dryPeople(host, plan), secrets: drySecrets(host, plan) };
}

/** Records and prints one act. Nothing is printed that is not recorded. */
type Plan = (effect: Pick<EffectRequest, 'helper' | 'label' | 'request' | 'plan'>) => Promise<void>;

function planner({ journal, display }: HostPorts): Plan {
  return async ({ helper, label, request, plan = label }) => {
    const secrets = knownSecrets();
    await journal.planEffect({
      helper,
      label: maskText(label, secrets),
      request: maskJson(request, secrets)
    });
    const words = `would ${WORDS[helper] ?? `do ${helper}:`}`;
    display.write('stdout', `${words.padEnd(12)} ${maskText(plan.replace(/\s+/g, ' ').trim(), secrets)}\n`);
  };
}

/** What each helper does, after "would". */
const WORDS: { readonly [helper: string]: string } = {
  shell: 'run',
  http: 'send',
  splunk: 'search',
  record: 'call',
  poll: 'wait',
  soak: 'wait',
  background: 'start',
  guard: 'watch',
  slack: 'post',
  approval: 'ask',
  checklist: 'ask',
  assign: 'assign',
  gather: 'wait',
  secret: 'read'
};

function dryEffects(plan: Plan): EffectRunner {
  return {
    async run<R extends Json>(effect: EffectRequest<R>, _act: () => Promise<EffectEnd<R>>): Promise<R> {
      await plan(effect);
      return effect.empty;
    },
    async open(effect) {
      await plan(effect);
      return null;
    },
    require: () => undefined,
    show: () => undefined
  };
}

function dryPeople({ now }: HostPorts, plan: Plan): PeoplePort {
  return {
    approve: async ({ name, question, approvers, evidence, timeoutMs, form = [] }) => {
      const whom = approvers.length === 0 ? 'anybody' : approvers.join(', ');
      const until = timeoutMs === null ? '' : `, for up to ${writeDuration(timeoutMs)}`;
      await plan({
        helper: 'approval',
        label: name,
        request: { question, approvers, evidence: evidence.map(({ label }) => label), timeoutMs },
        plan: `${whom} for the approval “${name}”${until}: ${question}`
      });
      return {
        decision: 'approved',
        by: { username: 'dry-run', name: 'Dry run', grade: 'claimed' },
        at: new Date(now()).toISOString(),
        comment: 'Nobody was asked: this is a dry run.',
        ...(form.length === 0
          ? {}
          : {
              values: Object.fromEntries(form.map(field => [field.name, EMPTY_ANSWERS[field.type](field)]))
            }),
        decisions: [],
        isBreakGlass: false
      };
    },
    assign: async ({ name, tasks }) => {
      await plan({
        helper: 'assign',
        label: name,
        request: { tasks: tasks.map(task => ({ ...task })) },
        plan: `tasks “${name}” to people: ${tasks.map(task => `☐ ${task.title} (${task.owner})`).join(' ')}`
      });
      return name;
    },
    gather: async ({ taskList }) => {
      await plan({
        helper: 'gather',
        label: taskList,
        request: { board: taskList },
        plan: `for the tasks “${taskList}”`
      });
      return { kind: 'gathered', tasks: [] };
    },
    checked: async () => undefined,
    check: ({ name, items }) =>
      plan({
        helper: 'checklist',
        label: name,
        request: { items: items.map(item => ({ ...item })) },
        plan: `people to tick “${name}”: ${items.map(item => `☐ ${item.text}`).join(' ')}`
      })
  };
}

/** What stands for the answer to a field that nobody was shown. */
const EMPTY_ANSWERS: { readonly [T in FormField['type']]: (field: FormField) => Json } = {
  text: () => '',
  number: () => 0,
  boolean: () => false,
  choice: ({ choices }) => choices[0] ?? ''
};

/** The text of a secret is its mark, so that a printed command shows where the secret would stand. */
function drySecrets(host: HostPorts, plan: Plan): SecretsPort {
  return {
    learn: secret => host.secrets.learn(secret),
    read: async (name, source) => {
      await plan({
        helper: 'secret',
        label: name,
        request: { ...source },
        plan: `the secret ${name} from ${sourceText(source)}`
      });
      return maskOf(name);
    }
  };
}

function sourceText(source: SecretSource): string {
  if (source.env !== undefined) {
    return `the environment variable ${source.env}`;
  }
  return source.file !== undefined
    ? `the file ${source.file}`
    : `the command ${quoteCommand(source.command)}`;
}
