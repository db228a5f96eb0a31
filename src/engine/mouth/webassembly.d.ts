/** The platform's own WebAssembly, which TypeScript describes only together with the browser's page. */
declare namespace WebAssembly {
  class Module {
    private readonly brand;
    static imports(module: Module): readonly { readonly name: string }[];
  }
  class Memory {
    readonly buffer: ArrayBuffer;
  }
  class Instance {
    constructor(
      module: Module,
      imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    );
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
