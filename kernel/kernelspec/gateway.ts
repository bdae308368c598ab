// A kernelspec for the machine of a gateway. A gateway passes on next to nothing of its environment: Kernel Gateway PATH alone, Enterprise
// Gateway not even that. So the kernelspec itself holds what commands need to be found and to speak one language.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
import type { Kernelspec } from './kernelspec.js';

/** None of them is a secret: everybody on the machine can read a kernelspec. */
const KEPT = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ'];

/** What a person sets besides, by the program that reads it: without them a kernel is told of no notebook, and refuses runs. */
export const GATEWAY_SETTINGS = {
  'the server in front': 'JUPYTER_GATEWAY_ALLOWED_ENVS=JPY_SESSION_NAME',
  'Kernel Gateway': 'KG_ENV_WHITELIST=JPY_SESSION_NAME',
  'Enterprise Gateway': 'EG_CLIENT_ENVS=JPY_SESSION_NAME'
} as const;

/** `kernelspec` with the variables of `environment` that a gateway leaves out. */
export function forGateway(kernelspec: Kernelspec, environment: NodeJS.ProcessEnv): Kernelspec {
  const env = Object.fromEntries(
    KEPT.flatMap(name => (environment[name] ? [[name, environment[name]]] : []))
  );
  return { ...kernelspec, env };
}
