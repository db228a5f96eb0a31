import { ensureTemplate } from './cluster.ts';
import { templateFolderIn } from './template-folder.ts';

// Run by the launcher when it installs: makes the template in the cache folder given to it.

await ensureTemplate(templateFolderIn(process.argv[2] ?? ''));
