// comm_info_request: which comms are open, so that a reloaded page can find them.
import type { Comms } from '../comms/comms.js';
import type { Route } from '../queue/dispatcher.js';

export function commInfoRoute(comms: Comms): Route<'comm_info_request'> {
  return {
    handle(context) {
      const open = comms.list(context.request.content.target_name ?? undefined);
      context.reply({
        status: 'ok',
        comms: Object.fromEntries(open.map(({ id, target }) => [id, { target_name: target }]))
      });
    }
  };
}
