// The part of the measurement that runs in the page: a long run goes on step by step, and the panel follows each record.
import { applyRecord } from '/lib/contract/reduce/reduce.js';
import { emptyRunState } from '/lib/contract/state/state.js';
import { phasesLook } from '/lib/labextension/phases/look/phases-look.js';
import { PhasesView } from '/lib/labextension/phases/phases-view.js';

const PERSON = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
const BEGIN = Date.UTC(2026, 10, 22, 8);
const WORDS = { __: (text, ...values) => text.replace(/%(\d)/g, (_all, n) => String(values[n - 1])) };

/** Milliseconds of each update: of the script alone, and with the layout that the browser does next. */
export async function measure({ phases, stepsPerPhase, updates, areOpen }) {
  const outline = outlineOf(phases, stepsPerPhase);
  const steps = outline.phases.flatMap(phase => phase.steps);
  const state = emptyRunState();
  const chosen = new Map(areOpen ? outline.phases.map(phase => [phase.id, true]) : []);
  const view = new PhasesView({ words: WORDS, bell: null, jump() {}, toggle() {}, act() {} });
  const panel = document.querySelector('.lb-Phases');
  panel.replaceChildren(...view.nodes);
  const follow = () => {
    const notebook = { name: 'long.ipynb', run: null, outline, state, source: 'kernel' };
    view.update(phasesLook({ notebook, now: BEGIN + 1000 * state.seq, chosen }, WORDS), null);
  };
  follow();
  panel.getBoundingClientRect();
  const script = [];
  const layout = [];
  const first = Math.floor((steps.length - updates / 2) / 2);
  for (let update = 0; update < updates; update++) {
    const step = steps[first + Math.floor(update / 2)];
    applyRecord(state, recordOf(step.id, update % 2 === 0, state.seq + 1));
    const before = performance.now();
    follow();
    script.push(performance.now() - before);
    panel.getBoundingClientRect();
    layout.push(performance.now() - before);
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
  return { script, layout };
}

function outlineOf(phases, stepsPerPhase) {
  return {
    title: 'A long release',
    locks: 'outcome',
    phases: Array.from({ length: phases }, (_, phase) => ({
      id: `phase-${phase}`,
      title: `Phase ${phase + 1}: service group`,
      steps: Array.from({ length: stepsPerPhase }, (_, step) => ({
        id: `step-${phase}-${step}`,
        title: `Deploy service ${phase}.${step}`,
        holds: phase === phases - 1 && step === 0 ? ['Last sign-off'] : []
      }))
    }))
  };
}

function recordOf(step, isStart, seq) {
  const at = new Date(BEGIN + 1000 * seq).toISOString();
  const common = { seq, at, prev: '', step, attempt: 1 };
  return isStart
    ? {
        ...common,
        kind: 'attempt-started',
        executionCount: seq,
        queuedAt: at,
        by: PERSON,
        source: '',
        sourceHash: ''
      }
    : { ...common, kind: 'attempt-ended', outcome: 'passed', durationMs: 1000 };
}
