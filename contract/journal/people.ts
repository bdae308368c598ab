// Records of what people decide and do: approvals, checklists, task lists, the driver, the guard of production.
import type { AssignedTask, GatherRule, TaskState } from '../holds/task-list.js';
import type { ContentBinding } from '../holds/content-binding.js';
import type { DriverState } from '../state/driver.js';
import type { ApprovalClosure, ApprovalDecision, ApprovalRequest, DecisionSignature } from '../holds/hold.js';
import type { Person } from '../base/person.js';

/** A hold point asks for approval. */
export interface ApprovalRequested {
  readonly kind: 'approval-requested';
  readonly approval: string;
  readonly name: string;
  readonly step: string;
  readonly attempt: number;
  readonly phase: string;
  readonly request: ApprovalRequest;
  readonly content: string;
  /** What `content` was taken over. Absent in older journals. */
  readonly binding?: ContentBinding;
}

/** A person decided. */
export interface ApprovalDecided {
  readonly kind: 'approval-decided';
  readonly approval: string;
  readonly decision: ApprovalDecision;
  /** The content hash that was decided on; equal to the request's. */
  readonly content: string;
}

/** The request ended without a decision, or an approval no longer counts. */
export interface ApprovalClosed {
  readonly kind: 'approval-closed';
  readonly approval: string;
  readonly status: ApprovalClosure['status'];
  readonly reason: string;
  /** Who revoked it. Absent when a clock or the kernel closed it. */
  readonly by?: Person;
}

/** The awaited people were reminded. */
export interface ApprovalReminded {
  readonly kind: 'approval-reminded';
  readonly approval: string;
  readonly awaited: readonly string[];
}

/** Nobody decided in time, so the deputies are asked too. */
export interface ApprovalEscalated {
  readonly kind: 'approval-escalated';
  readonly approval: string;
  readonly to: readonly string[];
}

/** A person released a hold point without the approvals that the policy asks for. The run is amber from here on. */
export interface GlassBroken {
  readonly kind: 'glass-broken';
  readonly approval: string;
  readonly by: Person;
  readonly reason: string;
}

/** A checklist is shown and waits. */
export interface ChecklistRequested {
  readonly kind: 'checklist-requested';
  readonly checklist: string;
  readonly name: string;
  readonly step: string;
  readonly attempt: number;
  readonly phase: string;
  readonly items: readonly { readonly text: string; readonly required: boolean }[];
  /** Random text that the kernel made with the list: what is signed about it names it. Absent in older journals. */
  readonly nonce?: string;
}

/** An item was ticked or unticked. */
export interface ChecklistTicked {
  readonly kind: 'checklist-ticked';
  readonly checklist: string;
  /** 0-based. */
  readonly item: number;
  readonly ticked: boolean;
  readonly by: Person;
  /** The proof of a signed tick. Absent: nothing was signed. */
  readonly signature?: DecisionSignature;
}

/** The checklist no longer waits: all required items are ticked, or its cell ended. */
export interface ChecklistClosed {
  readonly kind: 'checklist-closed';
  readonly checklist: string;
  readonly status: 'done' | 'withdrawn';
}

/** People got tasks. */
export interface TasksAssigned {
  readonly kind: 'tasks-assigned';
  readonly board: string;
  readonly name: string;
  readonly step: string;
  readonly attempt: number;
  readonly phase: string;
  readonly tasks: readonly AssignedTask[];
  /** As of a checklist. */
  readonly nonce?: string;
}

/** Somebody reported on a task: took it on, said that it is done, or opened it again. */
export interface TaskMoved {
  readonly kind: 'task-moved';
  readonly board: string;
  readonly task: string;
  readonly status: TaskState['status'];
  readonly by: Person;
  readonly comment: string;
  /** The proof of a signed report. Absent: nothing was signed. */
  readonly signature?: DecisionSignature;
}

/** The check of a task that was said to be done. */
export interface TaskChecked {
  readonly kind: 'task-checked';
  readonly board: string;
  readonly task: string;
  readonly passed: boolean;
  /** What was seen. */
  readonly fault: string;
}

/** The owner did not answer, so the task is the deputy's. */
export interface TaskHandedOver {
  readonly kind: 'task-handed-over';
  readonly board: string;
  readonly task: string;
  readonly reason: string;
}

/** A cell waits for the task list. */
export interface GatherStarted {
  readonly kind: 'gather-started';
  readonly board: string;
  /** The step that waits. */
  readonly step: string;
  readonly rule: GatherRule;
}

/** The cell no longer waits: enough was done, or it ended before. */
export interface GatherEnded {
  readonly kind: 'gather-ended';
  readonly board: string;
  readonly step: string;
  readonly status: 'gathered' | 'withdrawn';
}

/** Somebody drives from here on. */
export interface DriverChanged {
  readonly kind: 'driver-changed';
  readonly by: Person;
  readonly client: string;
  readonly how: DriverState['how'];
  /** Why the one before was replaced; empty otherwise. */
  readonly reason: string;
  /** The driver who agreed to a hand-over, or had offered it. Absent otherwise. */
  readonly agreedBy?: Person;
}

/** Somebody asks for the wheel. */
export interface WheelAsked {
  readonly kind: 'wheel-asked';
  readonly wheel: string;
  readonly by: Person;
  readonly client: string;
}

/** The driver keeps the wheel. */
export interface WheelRefused {
  readonly kind: 'wheel-refused';
  readonly wheel: string;
  readonly by: Person;
  readonly reason: string;
}

/** The driver offers the wheel to a watcher. */
export interface WheelOffered {
  readonly kind: 'wheel-offered';
  readonly wheel: string;
  readonly by: Person;
  readonly to: Person;
}

/** The offer ended without a change: the driver took it back, or the watcher declined. */
export interface WheelOfferEnded {
  readonly kind: 'wheel-offer-ended';
  readonly wheel: string;
  readonly how: 'taken-back' | 'declined';
  readonly by: Person;
  readonly reason: string;
}

/** The environment's name was typed before the first step of a live run in production. */
export interface EnvironmentConfirmed {
  readonly kind: 'environment-confirmed';
  readonly environment: string;
  readonly by: Person;
}

/** All of them. */
export type PeopleRecord =
  | ApprovalRequested
  | ApprovalDecided
  | ApprovalClosed
  | ApprovalReminded
  | ApprovalEscalated
  | GlassBroken
  | ChecklistRequested
  | ChecklistTicked
  | ChecklistClosed
  | TasksAssigned
  | TaskMoved
  | TaskChecked
  | TaskHandedOver
  | GatherStarted
  | GatherEnded
  | DriverChanged
  | WheelAsked
  | WheelRefused
  | WheelOffered
  | WheelOfferEnded
  | EnvironmentConfirmed;
