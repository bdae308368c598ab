// Which notebook a kernel runs, and who has told it. Jupyter server says it in a variable and in the connection file; gateways, nbclient,
// papermill and consoles say nothing.
import { existsSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { NotebookFile } from './notebook-file.js';

/** What a kernel knows of its notebook when it starts. */
export interface FoundNotebook {
  /** Null when nobody has named one. */
  readonly notebook: NotebookFile | null;
  /** A text that jupytext or another program keeps in place of a notebook, or beside one: `release.md`, `release.py`. */
  readonly textForm: string | null;
  /** What has named it, for people; empty when nothing has. */
  readonly toldBy: string;
}

/**
 * The notebook that the environment names, or else the connection file; none in a console and in clients that do not say. A client that
 * gives its whole path as name of the session makes the server put the folder before it twice: then it is the one of that name in the
 * kernel's folder.
 */
export function findNotebook(
  environment: NodeJS.ProcessEnv,
  folder = process.cwd(),
  connectionFile?: string
): FoundNotebook {
  const places = [
    [environment['JPY_SESSION_NAME'], 'the variable JPY_SESSION_NAME'],
    [sessionIn(connectionFile), 'jupyter_session in the connection file']
  ] as const;
  for (const [path = '', toldBy] of places) {
    if (isAbsolute(path) && path.endsWith('.ipynb')) {
      const beside = join(folder, basename(path));
      const notebook = new NotebookFile(!existsSync(path) && existsSync(beside) ? beside : path);
      return { notebook, textForm: null, toldBy };
    }
    if (isAbsolute(path) && TEXT_FORM.test(path)) {
      return { notebook: null, textForm: path, toldBy };
    }
  }
  return { notebook: null, textForm: null, toldBy: '' };
}

/** What programs write notebooks as that is not JSON. */
const TEXT_FORM = /\.(?:md|markdown|py|ts|js|Rmd|qmd)$/;

function sessionIn(connectionFile: string | undefined): string {
  try {
    const content = JSON.parse(readFileSync(connectionFile ?? '', 'utf8')) as { jupyter_session?: unknown };
    return typeof content.jupyter_session === 'string' ? content.jupyter_session : '';
  } catch {
    return ''; // what is wrong with it is said when the sockets are bound
  }
}
