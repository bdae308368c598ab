// A route is one method and path pattern with one function; `:name` in the pattern matches one path segment.
import type { DatabaseSync } from 'node:sqlite';
import type { Log } from './log.ts';

export interface ServiceContext {
  readonly database: DatabaseSync;
  readonly log: Log;
  readonly version: string;
}

export interface Request {
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export type Handler = (request: Request, context: ServiceContext) => Reply;
/** Keys such as `GET /products/:sku`. */
export type Routes = Readonly<Record<string, Handler>>;

export function findRoute(routes: Routes, method: string, path: string) {
  for (const [route, handle] of Object.entries(routes)) {
    const [routeMethod, pattern = ''] = route.split(' ');
    const params = routeMethod === method ? matchPath(pattern, path) : undefined;
    if (params !== undefined) return { handle, params };
  }
  return undefined;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const [expected, seen] = [pattern.split('/'), path.split('/')];
  if (expected.length !== seen.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const segment = seen[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
