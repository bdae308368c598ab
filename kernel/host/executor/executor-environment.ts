// The environment variables of cells: the kernel's own, and where Node is for what cells start.

/** Variables of an executor that runs in the Node at `nodePath`. */
export function executorEnvironment(nodePath: string): NodeJS.ProcessEnv {
  return { ...process.env, LAUNCHBOOK_NODE: nodePath };
}
