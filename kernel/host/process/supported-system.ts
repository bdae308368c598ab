// The systems that the product runs on; on another one it says so before anything begins.
import { LaunchbookError } from '../../../contract/base/error.js';

/**
 * One sentence why this system is not supported and what to do; null where it is.
 *
 * @param platform - As `process.platform` says it.
 * @example
 * unsupportedSystem('linux') // null
 */
export function unsupportedSystem(platform: string): string | null {
  if (platform === 'linux' || platform === 'darwin') {
    return null;
  }
  return platform === 'win32'
    ? 'Launchbook does not run on Windows itself: install and start it in WSL 2, which is Linux.'
    : `Launchbook runs on Linux and macOS, not on ${platform}.`;
}

/** @throws LaunchbookError `install.system_unsupported` where {@link unsupportedSystem} has a sentence. */
export function needSupportedSystem(platform: string = process.platform): void {
  const refusal = unsupportedSystem(platform);
  if (refusal !== null) {
    throw new LaunchbookError(refusal, { code: 'install.system_unsupported' });
  }
}
