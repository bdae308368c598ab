// Where everything lies inside the state folder of a fleet. The only place that knows these names.
import { join } from 'node:path';

export type StateLayout = ReturnType<typeof stateLayout>;

export function stateLayout(root: string) {
  return {
    root,
    description: join(root, 'fleet.json'),
    database: join(root, 'shop.sqlite'),
    faults: join(root, 'faults.json'),
    logs: join(root, 'logs'),
    logOf: (service: string) => join(root, 'logs', `${service}.log`),
    service: (service: string) => serviceLayout(join(root, 'services', service))
  };
}

function serviceLayout(root: string) {
  return {
    root,
    releases: join(root, 'releases'),
    release: (version: string) => join(root, 'releases', version),
    current: join(root, 'current'),
    previous: join(root, 'previous')
  };
}
