import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const followParent = fileURLToPath(new URL('./follow-parent.cjs', import.meta.url));

/**
 * Runs a command to its end, keeping what it prints.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, logFile?: string, node?: boolean, onStart?: (pid: number) => void, onOutput?: (text: string) => void, timeoutMs?: number }} [options]
 *   `node`: the command is a Node binary, and is to end with the launcher
 * @returns {Promise<{ code: number, output: string }>} 127 when the command does not exist
 */
export function runQuietly(command, args, options = {}) {
  const log = options.logFile === undefined ? null : openLog(options.logFile);
  return new Promise((resolve) => {
    const child = spawn(command, options.node ? ['--require', followParent, ...args] : args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe', options.node ? 'ipc' : 'ignore'],
      windowsHide: true,
    });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      const text = chunk.toString('utf8');
      output = (output + text).slice(-100_000);
      log?.write(text);
      options.onOutput?.(text);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      log?.end();
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.on('close', (code, signal) => finish(exitCode(code, signal)));
    if (child.pid !== undefined) options.onStart?.(child.pid);
  });
}

/**
 * Hands the terminal over to a Node process and waits for it. Signals reach it once: from a
 * terminal Ctrl-C goes to the whole group anyway, so then it is not sent a second time.
 *
 * @param {string} node
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} the exit code; 128 + the signal's number when a signal ended it
 */
export function handOver(node, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--require', followParent, ...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, forward);
    const finish = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.on('error', (error) => {
      finish();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      finish();
      if (child.connected) child.disconnect();
      resolve(exitCode(code, signal));
    });
  });
}

/** @param {number | null} code @param {NodeJS.Signals | null} signal */
function exitCode(code, signal) {
  if (code !== null) return code;
  return 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** @param {string} file */
function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file);
}
