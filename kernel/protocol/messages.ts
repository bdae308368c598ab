// The messages of the Jupyter specification as types: one map from message type to content, one generic message.
// Contents keep the specification's field names; headers are ours (wire names live in wire-header.ts).
// https://jupyter-client.readthedocs.io/en/latest/messaging.html
import type { JsonObject, MimeBundle } from '../../contract/base/json.js';

/** A header without its wire names. */
export interface Header<T extends string = string> {
  readonly id: string;
  readonly type: T;
  readonly session: string;
  readonly username: string;
  /** ISO 8601 with `Z`; empty when the peer sent none. */
  readonly date: string;
  readonly version: string;
  /** Fields we do not know, such as `subshell_id`; echoed when the header becomes a parent. */
  readonly extra?: JsonObject;
}

/** A message as the core sees it: verified, parsed, with the routing prefix and the binary buffers untouched. */
export interface Message<T extends string = string> {
  readonly header: Header<T>;
  /** Header of the message that this one answers, or null. */
  readonly parent: Header | null;
  readonly metadata: JsonObject;
  readonly content: ContentOf<T>;
  /** Routing prefix: whom to answer on shell, control and stdin; the topic on iopub. */
  readonly identities: readonly Uint8Array[];
  readonly buffers: readonly Uint8Array[];
}

/** Content of a message type; any object for types that we do not know. */
export type ContentOf<T extends string> = T extends MessageType ? MessageMap[T] : JsonObject;

/** Every message type that we read or write. */
export type MessageType = keyof MessageMap;

/** Message type to content. */
export interface MessageMap {
  kernel_info_request: JsonObject;
  kernel_info_reply: KernelInfoReply;
  execute_request: ExecuteRequest;
  execute_reply: ExecuteReply;
  complete_request: CompleteRequest;
  complete_reply: CompleteReply | ErrorReply;
  inspect_request: InspectRequest;
  inspect_reply: InspectReply | ErrorReply;
  is_complete_request: IsCompleteRequest;
  is_complete_reply: IsCompleteReply;
  history_request: HistoryRequest;
  history_reply: HistoryReply | ErrorReply;
  comm_info_request: CommInfoRequest;
  comm_info_reply: CommInfoReply;
  comm_open: CommOpen;
  comm_msg: CommMessage;
  comm_close: CommMessage;
  interrupt_request: JsonObject;
  interrupt_reply: { readonly status: 'ok' } | ErrorReply;
  shutdown_request: ShutdownRequest;
  shutdown_reply: ShutdownReply;
  input_request: { readonly prompt: string; readonly password: boolean };
  input_reply: { readonly value: string };
  status: { readonly execution_state: 'starting' | 'busy' | 'idle' };
  stream: { readonly name: 'stdout' | 'stderr'; readonly text: string };
  display_data: DisplayData;
  update_display_data: DisplayData;
  execute_input: { readonly code: string; readonly execution_count: number };
  execute_result: ExecuteResult;
  error: ErrorFields;
  clear_output: { readonly wait: boolean };
  iopub_welcome: { readonly subscription: string };
}

/** The reply of a request type; never for types that get none. */
export type ReplyOf<T extends string> = T extends `${infer Name}_request`
  ? Extract<MessageType, `${Name}_reply`>
  : never;

/** What `error` and every failed reply tell. */
export type ErrorFields = {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
};

/** A reply that tells of a failure. */
export type ErrorReply = ErrorFields & { readonly status: 'error' };

export type ExecuteRequest = {
  readonly code: string;
  /** Publishes nothing but `status`; implies `store_history: false`. @default false */
  readonly silent?: boolean;
  /** @default true unless silent */
  readonly store_history?: boolean;
  readonly user_expressions?: JsonObject;
  /** @default true */
  readonly allow_stdin?: boolean;
  /** @default true */
  readonly stop_on_error?: boolean;
};

export type ExecuteReply =
  | {
      readonly status: 'ok';
      readonly execution_count: number;
      readonly payload: readonly JsonObject[];
      readonly user_expressions: JsonObject;
    }
  | (ErrorReply & { readonly execution_count: number; readonly payload?: readonly JsonObject[] })
  | { readonly status: 'aborted' };

export type CompleteRequest = {
  readonly code: string;
  /** In Unicode code points. */
  readonly cursor_pos: number;
};

export type CompleteReply = {
  readonly status: 'ok';
  readonly matches: readonly string[];
  /** In Unicode code points, as is `cursor_end`. */
  readonly cursor_start: number;
  readonly cursor_end: number;
  readonly metadata: JsonObject;
};

export type InspectRequest = CompleteRequest & { readonly detail_level?: 0 | 1 };

export type InspectReply = {
  readonly status: 'ok';
  readonly found: boolean;
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
};

export type IsCompleteRequest = { readonly code: string };

export type IsCompleteReply = {
  readonly status: 'complete' | 'incomplete' | 'invalid' | 'unknown';
  /** Given when `incomplete`. */
  readonly indent?: string;
};

export type HistoryRequest = {
  readonly hist_access_type: 'range' | 'tail' | 'search';
  readonly output?: boolean;
  readonly raw?: boolean;
  /** 0 is the current session, negative counts back from it. */
  readonly session?: number;
  readonly start?: number;
  readonly stop?: number | null;
  readonly n?: number | null;
  readonly pattern?: string | null;
  readonly unique?: boolean;
};

export type HistoryReply = {
  readonly status: 'ok';
  /** `[session, line, source]`, or `[session, line, [source, output]]` when `output` was asked for. */
  readonly history: readonly (readonly [number, number, string | readonly [string, string | null]])[];
};

export type CommInfoRequest = { readonly target_name?: string };

export type CommInfoReply = {
  readonly status: 'ok';
  readonly comms: { readonly [id: string]: { readonly target_name: string } };
};

export type CommOpen = {
  readonly comm_id: string;
  readonly target_name: string;
  readonly data: JsonObject;
};

export type CommMessage = { readonly comm_id: string; readonly data: JsonObject };

export type ShutdownRequest = { readonly restart: boolean };

export type ShutdownReply = { readonly status: 'ok'; readonly restart: boolean };

export type KernelInfoReply = KernelInfo & {
  readonly status: 'ok';
  readonly protocol_version: string;
  /** Optional parts of the specification; we have neither `debugger` nor `kernel subshells`. */
  readonly supported_features: readonly string[];
};

/** What a kernel says about itself. */
export type KernelInfo = {
  readonly implementation: string;
  readonly implementation_version: string;
  readonly banner: string;
  readonly language_info: {
    readonly name: string;
    readonly version: string;
    readonly mimetype: string;
    readonly file_extension: string;
    readonly pygments_lexer?: string;
    readonly codemirror_mode: string;
    readonly nbconvert_exporter?: string;
  };
  readonly help_links: readonly { readonly text: string; readonly url: string }[];
};

export type DisplayData = {
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
  /** Always an object; clients crash on null. */
  readonly transient: { readonly display_id?: string };
};

export type ExecuteResult = {
  readonly execution_count: number;
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
};
