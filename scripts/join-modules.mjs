// Joins ES modules into one classic script, in the order in which they need each other. Browsers start
// content scripts only as classic ones; the alternative, importing modules from the page, would make
// the extension's files readable by every site, and the extension detectable.
//
// The result is the sources one after the other, comments and all, minus `import` and `export`. For
// that the modules keep to a small part of the language, and anything else is an error here: named
// imports without renaming, exports at the declaration, no name at the top level of two modules.
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { Script } from 'node:vm';
import { Problem } from './common.mjs';

const IMPORT = /^import\s*(?:\{([^}]*)\}\s*from\s*)?'([^']+)';[ \t]*$/gm;
const EXPORT = /^export (?=(?:async )?(?:function|class|const|let) ?\*? ?\w)/gm;
const TOP_LEVEL = /^(?:export )?(?:async )?(?:function|class|const|let)\s*\*?\s*(\w+)/gm;

/**
 * @param {string} entry
 * @param {string} root  File names are told relative to it.
 * @returns {string}
 */
export function joinModules(entry, root) {
  /** Top-level name -> the module that has it. @type {Map<string, string>} */
  const names = new Map();
  /** Module -> its exports; undefined while its imports are added. @type {Map<string, Set<string> | undefined>} */
  const exported = new Map();
  /** @type {string[]} */
  const parts = [];

  /**
   * @param {string} file
   * @param {string} from  Who imports it.
   */
  const add = (file, from) => {
    if (exported.has(file)) {
      if (!exported.get(file)) throw new Problem(`${from} and ${file} import each other`);
      return;
    }
    exported.set(file, undefined);
    const name = relative(root, file);
    const source = readFileSync(file, 'utf8');
    for (const [, list, path] of source.matchAll(IMPORT)) {
      if (!path.startsWith('.')) throw new Problem(`${name} imports ${path}, which is no file`);
      const target = resolve(dirname(file), path);
      add(target, name);
      for (const wanted of list
        ? list
            .split(',')
            .map((item) => item.trim())
            .filter(Boolean)
        : []) {
        if (!exported.get(target)?.has(wanted))
          throw new Problem(`${name}: ${path} does not export ${wanted}`);
      }
    }
    const own = new Set();
    for (const [line, declared] of source.matchAll(TOP_LEVEL)) {
      if (names.has(declared))
        throw new Problem(`${declared} is declared in ${names.get(declared)} and in ${name}`);
      names.set(declared, name);
      if (line.startsWith('export')) own.add(declared);
    }
    exported.set(file, own);
    const plain = source.replace(IMPORT, '').replace(EXPORT, '').trim();
    const left = /^\s*(import|export)\b.*|import\.meta|\bimport\(['"`]?[^)]*\)(?!\.)/m.exec(
      withoutComments(plain),
    );
    if (left) throw new Problem(`${name} cannot be joined: ${left[0].trim()}`);
    parts.push(`// ---- ${name}\n\n${plain}\n`);
  };

  add(resolve(entry), 'the entry');
  const script = `(() => {\n'use strict';\n\n${parts.join('\n')}})();\n`;
  new Script(script, { filename: relative(root, entry) }); // it parses
  return script;
}

/**
 * Types in comments may say `import('…')`.
 *
 * @param {string} source
 */
const withoutComments = (source) => source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
