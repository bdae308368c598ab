// Talks to a kernel of ours that lives for one request of a person: the page itself cannot make files or run git.
// It is started in the folder that the server serves, so that paths of the file browser are its paths too.
import type { Kernel } from '@jupyterlab/services';
import { UUID, type JSONObject } from '@lumino/coreutils';
import { LaunchbookError, fromErrorRecord } from '../../contract/base/error.js';
import {
  LIFECYCLE_COMM,
  type LifecycleAnswer,
  type LifecycleVerb,
  type LifecycleVerbs
} from '../../contract/comms/lifecycle-comm.js';
import { KERNEL_NAME, whenRouted } from '../kernel/our-kernel.js';

/** Long, because an archive searches files and commits. */
const PATIENCE_S = 120;

export interface LifecycleClient {
  /** Settles with the result; rejects with the kernel's error, or when it does not answer within two minutes. */
  ask<V extends LifecycleVerb>(
    verb: V,
    input: LifecycleVerbs[V]['input']
  ): Promise<LifecycleVerbs[V]['result']>;
}

/** Starts a kernel, lets `use` talk to it, and ends it whatever happens. */
export async function withLifecycle<T>(
  kernels: Kernel.IManager,
  use: (client: LifecycleClient) => Promise<T>
): Promise<T> {
  // The folder that is served is named: the server itself may have been started in another one.
  const kernel = await kernels.startNew({ name: KERNEL_NAME, path: '' } as Parameters<
    typeof kernels.startNew
  >[0]);
  try {
    return await use(await connect(kernel));
  } finally {
    await kernel.shutdown().catch(() => undefined);
    kernel.dispose();
  }
}

async function connect(kernel: Kernel.IKernelConnection): Promise<LifecycleClient> {
  const comm = kernel.createComm(LIFECYCLE_COMM);
  await whenRouted(kernel, comm);
  const waiting = new Map<string, (answer: LifecycleAnswer) => void>();
  comm.onMsg = message => {
    const answer = message.content.data as unknown as LifecycleAnswer;
    waiting.get(answer.request)?.(answer);
  };
  comm.open({});
  return {
    ask: async (verb, input) => {
      const request = UUID.uuid4();
      const answered = new Promise<LifecycleAnswer>(resolve => waiting.set(request, resolve));
      comm.send({ request, verb, input } as unknown as JSONObject);
      const { result, error } = (await withPatience(answered)) as LifecycleAnswer<typeof verb>;
      if (error || result === null) {
        throw error ? fromErrorRecord(error) : noAnswer();
      }
      return result;
    }
  };
}

async function withPatience(answered: Promise<LifecycleAnswer>): Promise<LifecycleAnswer> {
  let timer = 0;
  const late = new Promise<never>((_resolve, reject) => {
    timer = window.setTimeout(() => reject(noAnswer()), PATIENCE_S * 1000);
  });
  try {
    return await Promise.race([answered, late]);
  } finally {
    window.clearTimeout(timer);
  }
}

function noAnswer(): LaunchbookError {
  return new LaunchbookError(`The kernel did not answer within ${PATIENCE_S} s`, {
    code: 'lifecycle.no_answer',
    hint: 'What was asked for may have been done: look at the folder before you try again.'
  });
}
