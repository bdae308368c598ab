// The proof of npm's packages as a process: `npm run prove -- evidence` starts it.
import process from 'node:process';
import { npmPackagesAgree } from './npm-packages.js';

process.exit((await npmPackagesAgree()) ? 0 : 1);
