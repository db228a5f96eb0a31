import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const namedExportsOnly = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only.',
};

export default defineConfig(
  globalIgnores(['**/node_modules/', '**/dist/', '.switchboard/', 'coverage/']),
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // One way to write a type: interfaces for shapes that others implement, `type` for the rest.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers and booleans in messages are what they look like.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A port's method is asynchronous by contract, whether or not this implementation waits.
      '@typescript-eslint/require-await': 'off',
      // Our objects are closures: their methods may be taken off and passed on.
      '@typescript-eslint/unbound-method': 'off',
      // Callbacks that a library wants and a test does not care about.
      '@typescript-eslint/no-empty-function': 'off',
      // `process.env['NAME']` and wire records are read by name on purpose.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        namedExportsOnly,
        {
          selector: 'VariableDeclaration[kind=/using$/]',
          message: 'Node 22 does not run `using`; write try/finally.',
        },
      ],
    },
  },
  {
    files: [
      '**/*.test.ts',
      '**/*.test.tsx',
      '**/testing/**',
      'src/testing/**',
      // Contract suites are run by the tests of each implementation.
      '**/contract.ts',
      'src/*/contracts/**',
      'test/**',
      'bench/**',
    ],
    rules: {
      // A test that got a null fails right there, which is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Run by vitest or by the Node that comes along, never by Node 22.
      'no-restricted-syntax': ['error', namedExportsOnly],
    },
  },
  { files: ['src/cli/**', 'bench/**'], rules: { 'no-console': 'off' } },
  {
    // Tools ask for a default export.
    files: ['*.config.{ts,js}', 'console/*.config.ts', '**/drizzle.config.ts', 'desks/*/desk.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'performance', 'Buffer', 'URL', 'setTimeout', 'clearTimeout', 'setInterval']
          .concat(['clearInterval', 'require', 'module'])
          .map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] },
  },
);
