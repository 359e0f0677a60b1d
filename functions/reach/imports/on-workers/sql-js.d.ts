/** The part of sql.js that imports use; it brings no types of its own. */
declare module 'sql.js/dist/sql-wasm-browser.js' {
  export interface Statement {
    /** Forgets the rows of before. */
    bind(values: (string | number | null)[]): boolean;
    /** Whether there is a further row. */
    step(): boolean;
    get(): (string | number | Uint8Array | null)[];
    run(values: (string | number | null)[]): void;
    reset(): boolean;
  }
  export interface Database {
    exec(sql: string): unknown;
    prepare(sql: string): Statement;
    close(): void;
  }
  export interface SqlJsStatic {
    Database: new () => Database;
  }
  export default function initSqlJs(options: {
    instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => object;
  }): Promise<SqlJsStatic>;
}

declare module 'sql.js/dist/sql-wasm-browser.wasm' {
  const compiled: WebAssembly.Module;
  export default compiled;
}
