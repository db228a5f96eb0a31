/** An engine that never gets anywhere. */
process.exit(1);
