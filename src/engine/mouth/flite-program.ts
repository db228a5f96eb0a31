import { SwitchboardError } from '../../lib/index.ts';

/** The Flite command, instantiated once and run as often as wanted. */
export interface FliteProgram {
  /**
   * Runs the command from its beginning; nothing of an earlier run remains.
   *
   * @param args arguments after the program's name, without the output file.
   * @returns what it synthesised: PCM 16 bit mono.
   * @throws SwitchboardError speech_failed; the program cannot be used afterwards.
   */
  run(args: readonly string[]): { readonly rateHz: number; readonly samples: Int16Array };
  /** Puts the memory back as it was, which takes a few milliseconds. The next `run` does it otherwise. */
  reset(): void;
}

/** WASI file descriptors: 0 to 2 are the standard streams, 3 the one folder, 4 the WAV it writes. */
const folderFd = 3;
const outputFd = 4;
const folderName = '/out';
const errno = { success: 0, badf: 8, noent: 44, spipe: 70 } as const;
const createFlag = 1;

class Exit extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** The memory of a fresh instance, shared between threads: what {@link FliteProgram} starts from. */
export function freshMemory(module: WebAssembly.Module): Uint8Array {
  const names = WebAssembly.Module.imports(module).map((entry) => entry.name);
  const unused = Object.fromEntries(names.map((name) => [name, () => 0]));
  const memory = memoryOf(new WebAssembly.Instance(module, { wasi_snapshot_preview1: unused }));
  const image = new Uint8Array(new SharedArrayBuffer(memory.buffer.byteLength));
  image.set(new Uint8Array(memory.buffer));
  return image;
}

/**
 * Instantiates Flite with just enough of WASI around it to write one file into memory: no disk, no
 * `node:wasi`, nothing of the machine visible to it.
 *
 * A fresh instance for every run would leave 20 MB of garbage behind each time, and take 10 ms. Memory
 * is all the state Flite has, so restoring it to `image` gives the same program again.
 *
 * Source of the interface: https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md
 *
 * @param image from {@link freshMemory}.
 */
export function prepareFlite(module: WebAssembly.Module, image: Uint8Array): FliteProgram {
  let argv: readonly Uint8Array[] = [];
  const output = createMemoryFile();
  const messages: Uint8Array[] = [];
  // Memory may grow during any call, which detaches earlier views: make them anew each time.
  const view = (): DataView => new DataView(memory.buffer);
  const bytes = (): Uint8Array => new Uint8Array(memory.buffer);

  const wasi = {
    args_sizes_get(countPointer: number, sizePointer: number): number {
      view().setUint32(countPointer, argv.length, true);
      view().setUint32(sizePointer, sum(argv), true);
      return errno.success;
    },
    args_get(pointers: number, buffer: number): number {
      let at = buffer;
      argv.forEach((arg, index) => {
        view().setUint32(pointers + index * 4, at, true);
        bytes().set(arg, at);
        at += arg.length;
      });
      return errno.success;
    },
    clock_time_get(_id: number, _precision: bigint, pointer: number): number {
      view().setBigUint64(pointer, 0n, true); // used for its own statistics only
      return errno.success;
    },
    fd_close: (): number => errno.success,
    fd_fdstat_get(fd: number, pointer: number): number {
      const fileType = fd === folderFd ? 3 : fd < folderFd ? 2 : 4;
      view().setUint8(pointer, fileType);
      view().setUint16(pointer + 2, 0, true);
      view().setBigUint64(pointer + 8, 0xffff_ffff_ffff_ffffn, true);
      view().setBigUint64(pointer + 16, 0xffff_ffff_ffff_ffffn, true);
      return errno.success;
    },
    fd_fdstat_set_flags: (): number => errno.success,
    fd_prestat_get(fd: number, pointer: number): number {
      if (fd !== folderFd) return errno.badf;
      view().setUint8(pointer, 0);
      view().setUint32(pointer + 4, folderName.length, true);
      return errno.success;
    },
    fd_prestat_dir_name(_fd: number, pointer: number, length: number): number {
      bytes().set(encode(folderName).subarray(0, length), pointer);
      return errno.success;
    },
    fd_read(_fd: number, _vectors: number, _count: number, readPointer: number): number {
      view().setUint32(readPointer, 0, true);
      return errno.success;
    },
    fd_seek(fd: number, offset: bigint, whence: number, pointer: number): number {
      if (fd !== outputFd) return errno.spipe;
      view().setBigUint64(pointer, BigInt(output.seek(Number(offset), whence)), true);
      return errno.success;
    },
    fd_write(fd: number, vectors: number, count: number, writtenPointer: number): number {
      let written = 0;
      for (let index = 0; index < count; index++) {
        const at = view().getUint32(vectors + index * 8, true);
        const length = view().getUint32(vectors + index * 8 + 4, true);
        const part = bytes().slice(at, at + length);
        if (fd === outputFd) output.write(part);
        else messages.push(part);
        written += length;
      }
      view().setUint32(writtenPointer, written, true);
      return errno.success;
    },
    path_open(...args: readonly unknown[]): number {
      const openFlags = Number(args[4]);
      if ((openFlags & createFlag) === 0) return errno.noent; // there is nothing to read
      view().setUint32(Number(args[8]), outputFd, true);
      return errno.success;
    },
    proc_exit(exitCode: number): never {
      throw new Exit(exitCode);
    },
  };

  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi });
  const memory = memoryOf(instance);
  // Every WASI command has it; a module without it fails at the first run.
  const start = instance.exports['_start'] as () => void;
  let clean = true;

  function reset(): void {
    if (clean) return;
    const whole = bytes();
    whole.set(image);
    whole.fill(0, image.length);
    output.empty();
    messages.length = 0;
    clean = true;
  }

  return {
    reset,
    run(args) {
      reset();
      clean = false;
      argv = ['flite', ...args, '-o', `${folderName}/speech.wav`].map((arg) => encode(`${arg}\0`));
      let exitCode = 0;
      try {
        start();
      } catch (thrown) {
        if (!(thrown instanceof Exit)) throw failed('it crashed', thrown);
        exitCode = thrown.exitCode;
      }
      if (exitCode !== 0) {
        const said = messages.map((part) => Buffer.from(part).toString()).join('');
        throw failed(`it ended with code ${exitCode}: ${said.trim().slice(0, 200)}`);
      }
      return parseOutput(output.contents());
    },
  };
}

/** Flite writes a plain 44-byte header; the rate is its only field that varies. */
function parseOutput(file: Uint8Array): { rateHz: number; samples: Int16Array } {
  if (file.length < 44) throw failed('it wrote no sound');
  const rateHz = new DataView(file.buffer, file.byteOffset).getUint32(24, true);
  // WebAssembly memory is little endian, and so is every platform with a packaged runtime.
  return { rateHz, samples: new Int16Array(file.slice(44, file.length & ~1).buffer) };
}

function createMemoryFile() {
  let store = new Uint8Array(1 << 18);
  let length = 0;
  let position = 0;
  return {
    write(part: Uint8Array): void {
      const end = position + part.length;
      if (end > store.length) {
        const larger = new Uint8Array(Math.max(store.length * 2, end));
        larger.set(store.subarray(0, length));
        store = larger;
      }
      store.set(part, position);
      position = end;
      length = Math.max(length, end);
    },
    /** @param whence 0 from the start, 1 from here, 2 from the end, as in POSIX. */
    seek(offset: number, whence: number): number {
      position = offset + (whence === 0 ? 0 : whence === 1 ? position : length);
      return position;
    },
    contents: (): Uint8Array => store.subarray(0, length),
    empty(): void {
      length = 0;
      position = 0;
    },
  };
}

function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory {
  return instance.exports['memory'] as WebAssembly.Memory; // an export of every WASI command
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function sum(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, part) => total + part.length, 0);
}

function failed(reason: string, cause?: unknown): SwitchboardError {
  return new SwitchboardError('speech_failed', `The speech synthesiser failed: ${reason}.`, {
    cause,
  });
}
