// kernel_info_request: who we are. Answered on shell and control alike, also while a cell runs.
import type { KernelInfo } from '../../protocol/messages.js';
import { PROTOCOL_VERSION } from '../../protocol/version.js';
import type { Route } from '../queue/dispatcher.js';

export function kernelInfoRoute(info: KernelInfo): Route<'kernel_info_request'> {
  return {
    handle: context =>
      context.reply({ status: 'ok', protocol_version: PROTOCOL_VERSION, ...info, supported_features: [] })
  };
}
