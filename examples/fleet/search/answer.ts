// What the log search answers, by the names that it has in Splunk's JSON.

/** A row as it is sent: every value is text, or a list of texts, and `_time` is written out, as Splunk does. */
export type ResultRow = Readonly<Record<string, string | readonly string[]>>;

/** An entity as it is in JSON. */
export interface Entry {
  readonly name: string;
  readonly published?: string;
  /** Whose it is. In XML it stands in the content, under another name. */
  readonly acl?: object;
  readonly content: object;
}

export interface Message {
  readonly type: string;
  readonly text: string;
}

/** What an answer holds, by the names that it has in JSON. */
export interface Answer {
  readonly entry?: readonly Entry[];
  readonly preview?: boolean;
  readonly results?: readonly ResultRow[];
  readonly fields?: readonly { readonly name: string }[];
  readonly init_offset?: number;
  readonly messages?: readonly Message[];
  readonly sid?: string;
  readonly sessionKey?: string;
}
