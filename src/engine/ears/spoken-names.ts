/**
 * Given names that callers of an English line often have, the most frequent first (public census lists,
 * shortened).
 */
export const givenNames: readonly string[] = (
  'james mary john maria michael jennifer robert linda david patricia william elizabeth richard ' +
  'barbara joseph susan thomas jessica charles sarah christopher karen daniel lisa matthew nancy ' +
  'anthony margaret mark sandra steven ashley paul emily andrew michelle joshua laura kevin anna ' +
  'brian amanda george melissa edward rebecca jose sharon jason stephanie ryan angela eric helen ' +
  'jonathan amy kenneth donna timothy carol ronald betty donald kimberly jeffrey deborah jacob ' +
  'nicole scott rachel justin emma benjamin samantha samuel catherine alexander christine frank ' +
  'janet patrick julie jack victoria peter martha adam grace carlos ana juan sophia tom kate ben ' +
  'sam jane alex julia lucy cynthia kathleen gary nicholas ruth stephen larry katherine brandon ' +
  'gregory raymond heather diane olivia dennis joyce jerry tyler kelly aaron joan evelyn lauren ' +
  'henry judith nathan hannah douglas kyle ethan alice jeremy claire walter keith roger simon ' +
  'sophie harry oliver diana elena luis carmen miguel rosa pedro lucia marco sofia ali priya ' +
  'ahmed fatima omar leila natalie ivan olga igor nina hans ingrid pierre chloe lee wei chen mei kim ' +
  'chris max leo'
).split(' ');

/** Family names of the same kind. */
export const familyNames: readonly string[] = (
  'smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez ' +
  'gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris ' +
  'sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill ' +
  'flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips ' +
  'evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers ' +
  'ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson ' +
  'brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo sanders patel ' +
  'myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman butler ' +
  'henderson barnes fisher simmons graham murray ford hamilton wallace west cole owens reynolds ' +
  'ellis harrison gibson palmer hunt black stone webb fox khan singh shah ahmed ali chen wang li ' +
  'wu park cohen levy schmidt weber muller meyer rossi silva santos costa novak connor shaw dixon'
).split(' ');
