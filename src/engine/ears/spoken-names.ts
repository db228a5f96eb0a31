/** Given names that callers of an English line often have (public census lists, shortened). */
export const givenNames: readonly string[] = (
  'james mary john patricia robert jennifer michael linda william elizabeth david barbara richard ' +
  'susan joseph jessica thomas sarah charles karen christopher nancy daniel lisa matthew margaret ' +
  'anthony betty mark sandra donald ashley steven emily paul kimberly andrew donna joshua michelle ' +
  'kenneth carol kevin amanda brian melissa george deborah edward stephanie ronald rebecca timothy ' +
  'laura jason sharon jeffrey cynthia ryan kathleen jacob amy gary angela nicholas anna eric ruth ' +
  'jonathan nicole stephen emma larry helen justin samantha scott katherine brandon christine ' +
  'benjamin rachel samuel catherine frank janet gregory maria raymond heather alexander diane ' +
  'patrick olivia jack julie dennis joyce jerry victoria tyler kelly aaron joan jose evelyn adam ' +
  'lauren henry judith nathan hannah douglas grace peter martha kyle sophia ethan alice jeremy ' +
  'claire walter julia keith lucy roger kate simon sophie harry jane oliver diana carlos elena ' +
  'juan ana luis carmen miguel rosa pedro lucia marco sofia ali priya ahmed fatima omar leila ' +
  'ivan olga igor nina hans ingrid pierre chloe lee wei chen mei kim tom sam ben alex chris max leo'
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
