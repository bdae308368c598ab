// comm_open, comm_msg, comm_close: handed to the comms the moment they arrive. They get no reply.
import type { Comms } from '../comms/comms.js';
import type { Route } from '../queue/dispatcher.js';

export function commRoutes(comms: Comms): {
  readonly comm_open: Route<'comm_open'>;
  readonly comm_msg: Route<'comm_msg'>;
  readonly comm_close: Route<'comm_close'>;
} {
  return {
    comm_open: { handle: context => comms.open(context.request) },
    comm_msg: { handle: context => comms.receive(context.request) },
    comm_close: { handle: context => comms.close(context.request) }
  };
}
