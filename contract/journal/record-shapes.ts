// Written by scripts/journal-schema.mjs from the types of the records: what each field holds, read by fault-of-record.ts.

/** Fields of each type: `name:type`, `name?:type` for one that may be absent; `@X` is another type, `[]x` a list. */
export const RECORD_SHAPES: { readonly [type: string]: string } = {
  AllowedGuesses: 'count:number reason:string',
  ApprovalClosed: 'kind:string approval:string status:string reason:string by?:@Person',
  ApprovalDecided: 'kind:string approval:string decision:@ApprovalDecision content:string',
  ApprovalDecision:
    'decision:string by:@Person at:string comment:string values?:object signature?:@DecisionSignature',
  ApprovalEscalated: 'kind:string approval:string to:[]string',
  ApprovalReminded: 'kind:string approval:string awaited:[]string',
  ApprovalRequest:
    'question:string approvers:[]string evidence:[]@Evidence expiresAt:null|string rules?:@ApprovalRules nonce?:string doubt?:string after?:number',
  ApprovalRequested:
    'kind:string approval:string name:string step:string attempt:number phase:string request:@ApprovalRequest content:string binding?:@ContentBinding',
  ApprovalRules:
    'required:number grade:string fourEyes:boolean driverGrade?:string comment:boolean everyone:boolean seats:[]@ApproverSeat form:[]@FormField remindEveryMs:null|number escalation:null|@EscalationRule breakGlass:null|[]@ApproverSeat means?:[]string synced?:boolean decide?:@DecidePages',
  ApproverSeat: 'name:string members:null|[]string',
  AssignedTask:
    'id:string title:string owner:@ApproverSeat deputy:null|@ApproverSeat dueAt:null|string answerBy:null|string critical:boolean hasCheck:boolean',
  AttemptEnded: 'kind:string step:string attempt:number outcome:string durationMs:number error?:@ErrorRecord',
  AttemptStarted:
    'kind:string step:string attempt:number executionCount:number queuedAt:string by:@Person client?:string source:string sourceHash:string continues?:number outOfOrder?:@OutOfOrder',
  BegunAnew: 'by:@Person reason:string because:string',
  BoundCell: 'id:string type:string title:string hashes:[]string',
  ChecklistClosed: 'kind:string checklist:string status:string',
  ChecklistRequested_items: 'text:string required:boolean',
  ChecklistRequested:
    'kind:string checklist:string name:string step:string attempt:number phase:string items:[]@ChecklistRequested_items nonce?:string',
  ChecklistTicked:
    'kind:string checklist:string item:number ticked:boolean by:@Person signature?:@DecisionSignature',
  CheckpointReached: 'kind:string name:string step:string',
  ClockAccepted: 'kind:string by:@Person reason:string latest:string',
  ContentBinding:
    'reach?:string isWhole:boolean cells:[]@BoundCell parameterCells:[]@BoundCell phases:[]string phase?:string environment:null|string release:null|string parameters:object evidence:object question:string policy?:string rules?:string',
  DecidePages: 'rpId:string origins:[]string voucher?:string slack?:object',
  DecisionSignature:
    'token:string id:string key:string signers?:string means?:string origin?:string synced?:boolean',
  DriverChanged: 'kind:string by:@Person client:string how:string reason:string agreedBy?:@Person',
  EffectEnded: 'kind:string effect:string outcome:string durationMs:number result:any',
  EffectJudged: 'kind:string effect:string judgement:string by:@Person reason:string',
  EffectPlanned:
    'kind:string effect:string step:string attempt:number helper:string label:string request:any',
  EffectRefused: 'kind:string step:string attempt:number helper:string label:string code:string',
  EffectStarted:
    'kind:string effect:string step:string attempt:number helper:string label:string request:any within?:string lane?:string',
  EnvironmentConfirmed: 'kind:string environment:string by:@Person',
  ErrorRecord: 'name:string code:string message:string hint?:string frames?:[]string fields?:object',
  EscalationRule: 'seats:[]@ApproverSeat at:string',
  Evidence: 'label:string text:string',
  ExecutorReplaced: 'kind:string reason:string',
  FormField: 'name:string label:string type:string choices:[]string required:boolean',
  GatherEnded: 'kind:string board:string step:string status:string',
  GatherStarted: 'kind:string board:string step:string rule:string|number',
  GlassBroken: 'kind:string approval:string by:@Person reason:string',
  HoldPolicy_escalate: 'to:[]string afterMs:number',
  HoldPolicy:
    'approvers?:[]string required?:number grade?:string fourEyes?:boolean comment?:boolean everyone?:boolean timeoutMs?:number remindEveryMs?:number escalate?:@HoldPolicy_escalate means?:[]string synced?:boolean',
  JournalFact: 'place:string records:number hash:string',
  JournalOpened:
    'kind:string format:number version:string notebook:string run:null|@RunInfo anew?:@BegunAnew',
  KeptText: 'name:string text:string',
  KernelStarted: 'kind:string version:string pid:number by:@Person place?:string',
  NoteRecorded: 'kind:string text:string step:null|string by:@Person',
  OrderWaived: 'kind:string step:string open:[]string by:@Person reason:string',
  OutOfOrder_waived: 'by:@Person reason:string',
  OutOfOrder: 'open:[]string waived?:@OutOfOrder_waived',
  Outline: 'title:string phases:[]@PhaseOutline locks?:string',
  OutlineRecorded: 'kind:string outline:@Outline',
  OutputsRecorded: 'kind:string step:string attempt:number upTo:number outputs:[]object',
  Person: 'username:string name:string grade:string doubt?:string',
  PhaseAdmitted:
    'kind:string phase:string title:string rule:@RehearsalRule receipt:@Receipt steps:[]@StepContent by:@Person',
  PhaseOutline: 'id:string title:string steps:[]@StepOutline',
  PhaseReleased:
    'kind:string phase:string title:string rule:@RehearsalRule missing:[]string steps:[]@StepContent by:@Person reason:string',
  PolicyFile: 'path:string commit:null|string',
  PolicyRead:
    'kind:string policy:@RecordedPolicy hash:string holds:boolean by:@Person file?:@PolicyFile isProduction?:boolean',
  Receipt:
    'run:string release:string environment:string mode:string outcome:string at:string durationMs:number steps:[]@RehearsedStep journal:@JournalFact',
  RecordStamp: 'seq:number at:string prev:string',
  RecordedPolicy:
    'groups:object approvals:@HoldPolicy phases:object rehearsal?:@RehearsalPolicy order?:string breakGlass:null|[]string driverVanishedMs:number allowedSigners:null|string hub:null|string decide?:@DecidePages',
  RecoveryDiscarded: 'kind:string from:null|string by:@Person reason:string',
  RehearsalPolicy: 'everywhere:null|@RehearsalRule phases:object',
  RehearsalRule: 'withinMs:null|number environments:[]string sameRelease:boolean',
  RehearsedStep:
    'id:string title:string status:string at:null|string durationMs:null|number content:null|string',
  ResumeEnded: 'kind:string outcome:string error?:@ErrorRecord',
  ResumeStarted: 'kind:string by:@Person steps:[]string',
  Rewound: 'kind:string checkpoint:string by:@Person reason:string steps:[]string approvals:[]string',
  RollbackEnded: 'kind:string rollback:string outcome:string error?:@ErrorRecord',
  RollbackRegistered: 'kind:string rollback:string name:string step:string values?:[]@KeptText',
  RollbackStarted: 'kind:string rollback:string step:string',
  RollbackValues: 'kind:string rollback:string values:[]@KeptText',
  RolledBack:
    'kind:string checkpoint?:null|string step:null|string by:@Person reason:string steps:[]string approvals:[]string',
  RunArchived: 'kind:string by:@Person kept?:object',
  RunInfo:
    'id:string runbook:string commit:null|string release:string environment:string mode:string createdAt:string createdBy:@Person parameters:object policy?:@PolicyFile uncommitted?:[]string guesses?:@AllowedGuesses commandsIn?:string',
  RunReopened: 'kind:string by:@Person reason:string',
  SecondRunAllowed: 'kind:string step:string attempt:number by:@Person',
  StepContent: 'id:string title:string hashes:[]string',
  StepContinued: 'kind:string step:string attempt:number sourceHash:string by:@Person reason:null|string',
  StepOutline:
    'id:string title:string holds:[]string waitsFor?:[]string isUnknown?:boolean isOptional?:boolean',
  StepReplayed: 'kind:string step:string attempt:number durationMs:number',
  StepSkipped: 'kind:string step:string by:@Person reason:string holds?:[]string',
  TaskChecked: 'kind:string board:string task:string passed:boolean fault:string',
  TaskHandedOver: 'kind:string board:string task:string reason:string',
  TaskMoved:
    'kind:string board:string task:string status:string by:@Person comment:string signature?:@DecisionSignature',
  TasksAssigned:
    'kind:string board:string name:string step:string attempt:number phase:string tasks:[]@AssignedTask nonce?:string',
  TornLineSetAside: 'kind:string file:string bytes:number line:number',
  UndoingStarted:
    'kind:string checkpoint:null|string step:null|string rollbacks:[]string by:@Person reason:string',
  UndoingStopped: 'kind:string error:@ErrorRecord',
  WheelAsked: 'kind:string wheel:string by:@Person client:string',
  WheelOfferEnded: 'kind:string wheel:string how:string by:@Person reason:string',
  WheelOffered: 'kind:string wheel:string by:@Person to:@Person',
  WheelRefused: 'kind:string wheel:string by:@Person reason:string'
};

/** The type of each kind of record. */
export const RECORD_TYPES: { readonly [kind: string]: string } = {
  'journal-opened': 'JournalOpened',
  'kernel-started': 'KernelStarted',
  'executor-replaced': 'ExecutorReplaced',
  outline: 'OutlineRecorded',
  'attempt-started': 'AttemptStarted',
  'attempt-ended': 'AttemptEnded',
  'order-waived': 'OrderWaived',
  'second-run-allowed': 'SecondRunAllowed',
  output: 'OutputsRecorded',
  'torn-line': 'TornLineSetAside',
  'effect-started': 'EffectStarted',
  'effect-ended': 'EffectEnded',
  'effect-planned': 'EffectPlanned',
  'effect-refused': 'EffectRefused',
  'approval-requested': 'ApprovalRequested',
  'approval-decided': 'ApprovalDecided',
  'approval-closed': 'ApprovalClosed',
  'approval-reminded': 'ApprovalReminded',
  'approval-escalated': 'ApprovalEscalated',
  'glass-broken': 'GlassBroken',
  'checklist-requested': 'ChecklistRequested',
  'checklist-ticked': 'ChecklistTicked',
  'checklist-closed': 'ChecklistClosed',
  'tasks-assigned': 'TasksAssigned',
  'task-moved': 'TaskMoved',
  'task-checked': 'TaskChecked',
  'task-handed-over': 'TaskHandedOver',
  'gather-started': 'GatherStarted',
  'gather-ended': 'GatherEnded',
  'driver-changed': 'DriverChanged',
  'wheel-asked': 'WheelAsked',
  'wheel-refused': 'WheelRefused',
  'wheel-offered': 'WheelOffered',
  'wheel-offer-ended': 'WheelOfferEnded',
  'environment-confirmed': 'EnvironmentConfirmed',
  'phase-admitted': 'PhaseAdmitted',
  'phase-released': 'PhaseReleased',
  'policy-read': 'PolicyRead',
  checkpoint: 'CheckpointReached',
  'rollback-registered': 'RollbackRegistered',
  'rollback-values': 'RollbackValues',
  'rollback-started': 'RollbackStarted',
  'rollback-ended': 'RollbackEnded',
  'undoing-started': 'UndoingStarted',
  'undoing-stopped': 'UndoingStopped',
  'rolled-back': 'RolledBack',
  rewound: 'Rewound',
  note: 'NoteRecorded',
  'run-archived': 'RunArchived',
  'run-reopened': 'RunReopened',
  'clock-accepted': 'ClockAccepted',
  'resume-started': 'ResumeStarted',
  'step-continued': 'StepContinued',
  'step-replayed': 'StepReplayed',
  'resume-ended': 'ResumeEnded',
  'recovery-discarded': 'RecoveryDiscarded',
  'effect-judged': 'EffectJudged',
  'step-skipped': 'StepSkipped'
};
