import { z } from 'zod';

// Zod compiles schemas with `new Function` when it may; our content security policy forbids that.
z.config({ jitless: true });
