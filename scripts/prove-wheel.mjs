// `node scripts/prove-wheel.mjs FILE`: installs a wheel in each way that people do, on a machine that need have nothing but Python 3, and
// tries it there: command, kernelspec, kernel, extension, uninstallation. Ends with 1 when one of them does not hold.
import { proveWheel } from './wheel/prove-wheel.mjs';

process.exitCode = (await proveWheel(process.argv.slice(2))) ? 0 : 1;
