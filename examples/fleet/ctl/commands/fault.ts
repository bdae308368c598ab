// fleetctl fault: plants a fault for a rehearsal and fixes it again. It is kept in the state folder until cleared.
import {
  FAULT_KINDS,
  readFaults,
  writeFaults,
  type Fault,
  type FaultKind
} from '../../services/runtime/faults.ts';
import { say, type Command } from '../command.ts';
import { expectSomeServices, expectVersion, readArguments } from '../read-arguments.ts';
import { formatTable } from '../format-table.ts';
import { UsageError } from '../usage-error.ts';

export const fault: Command = {
  summary: 'plant a fault for a rehearsal, list or clear it',
  help: `Usage: fleetctl fault add SERVICE KIND [--version VERSION]
       fleetctl fault clear [SERVICE]
       fleetctl fault list [--json]

Kinds:
  crash-on-start   the service ends while it starts, until the fault is cleared
  failing-health   the service runs, /health answers 503
  failing-requests the service runs and is healthy, customers get 500
  slow-start       the service needs 2 s more to start

With --version only that version has the fault.

Examples:
  fleetctl fault add payments crash-on-start --version 2.4.0
  fleetctl fault clear payments
`,
  async run(args, connect) {
    const { values, positionals } = readArguments(args, {
      version: { type: 'string' },
      json: { type: 'boolean', default: false }
    });
    const [action, service, kind] = positionals;
    const expectedPositionals = { add: [3, 3], clear: [1, 2], list: [1, 1] }[action ?? ''];
    if (expectedPositionals === undefined)
      throw new UsageError(`unknown action "${action ?? ''}": expected add, clear or list`);
    const [least = 0, most = 0] = expectedPositionals;
    if (positionals.length < least || positionals.length > most)
      throw new UsageError(`wrong number of arguments for fault ${action}`);
    if (service !== undefined) expectSomeServices([service]);
    const path = connect().state.faults;
    const faults = readFaults(path);

    if (action === 'add') {
      const added: Fault = {
        service: service ?? '',
        kind: expectKind(kind),
        ...(values.version !== undefined && { version: expectVersion(values.version) })
      };
      writeFaults(path, [...faults.filter(other => JSON.stringify(other) !== JSON.stringify(added)), added]);
      say(
        `${added.service}: fault ${added.kind} added${added.version === undefined ? '' : ` for ${added.version}`}`
      );
    } else if (action === 'clear') {
      const left = service === undefined ? [] : faults.filter(other => other.service !== service);
      writeFaults(path, left);
      say(`${service ?? 'all services'}: ${countOf(faults.length - left.length)} cleared`);
    } else if (values.json) {
      say(JSON.stringify(faults));
    } else {
      say(
        faults.length === 0
          ? 'no faults'
          : formatTable(
              faults.map(row => ({ service: row.service, kind: row.kind, version: row.version ?? 'every' }))
            )
      );
    }
    return 0;
  }
};

function expectKind(kind: string | undefined): FaultKind {
  const known = FAULT_KINDS.find(name => name === kind);
  if (known === undefined)
    throw new UsageError(`unknown fault "${kind}": expected ${FAULT_KINDS.join(', ')}`);
  return known;
}

function countOf(faults: number): string {
  return faults === 1 ? '1 fault' : `${faults} faults`;
}
