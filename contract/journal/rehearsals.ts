// Records of phases that the policy had locked: why they may run. They carry all that this was decided by, so that nobody has to read
// another run to come to it again.
import type { Person } from '../base/person.js';
import type { Receipt, RehearsalRule } from '../rehearsal/receipt.js';
import type { StepContent } from '../rehearsal/step-content.js';

/** The same content has passed in a rehearsal that the policy counts, so the phase may run. Written before its first step. */
export interface PhaseAdmitted {
  readonly kind: 'phase-admitted';
  /** Id and title of the phase. */
  readonly phase: string;
  readonly title: string;
  readonly rule: RehearsalRule;
  readonly receipt: Receipt;
  /** The steps in order, with the content that may run. */
  readonly steps: readonly StepContent[];
  /** Who ran the step that asked for it. */
  readonly by: Person;
}

/** A person released a phase without the rehearsal that the policy asks for. The run is amber from here on. */
export interface PhaseReleased {
  readonly kind: 'phase-released';
  readonly phase: string;
  readonly title: string;
  readonly rule: RehearsalRule;
  /** What was missing, one sentence each. */
  readonly missing: readonly string[];
  readonly steps: readonly StepContent[];
  readonly by: Person;
  readonly reason: string;
}
