// What stays on the device of whoever decides: their name, and each signed decision until the journal has it. A browser that keeps
// nothing works too, as long as its page is open.

/** What was signed here. */
export interface KeptToken {
  /** Id of its statement. */
  readonly id: string;
  readonly token: string;
}

/** True for a statement that goes out with the login, and has no signature of the person. */
export function isVouched(token: string): boolean {
  return token.startsWith('{');
}

const NAME = 'launchbook name';

/** The name that was used last on this device; '' when there is none. */
export function keptName(): string {
  return read(NAME) ?? '';
}

export function keepName(name: string): void {
  write(NAME, name);
}

/** The token that was signed for this request and has not been counted yet. */
export function keptToken(request: string): KeptToken | null {
  try {
    return JSON.parse(read(keyOf(request)) ?? 'null') as KeptToken | null;
  } catch {
    return null;
  }
}

/** Keeps it; null forgets it. */
export function keepToken(request: string, token: KeptToken | null): void {
  write(keyOf(request), token === null ? null : JSON.stringify(token));
}

function keyOf(request: string): string {
  return `launchbook token ${request}`;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, value);
    }
  } catch {
    // The page has it.
  }
}
