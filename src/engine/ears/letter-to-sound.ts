/** Spellings and their usual phones, longest first within a letter; tried from left to right. */
const spellings: readonly (readonly [letters: string, phones: string])[] = (
  'tion=SH AH N,sion=ZH AH N,ough=AO,augh=AO,eigh=EY,igh=AY,tch=CH,sch=SH,dge=JH,ght=T,' +
  'air=EH R,are=EH R,ear=IH R,eer=IH R,ier=IH R,oar=AO R,oor=AO R,our=AW R,ure=Y UH R,' +
  'ch=CH,sh=SH,th=TH,ph=F,wh=W,ck=K,ng=NG,qu=K W,kn=N,wr=R,gh=G,gn=N,ps=S,' +
  'ai=EY,ay=EY,au=AO,aw=AO,ea=IY,ee=IY,ei=EY,ey=IY,eu=UW,ew=UW,ie=IY,oa=OW,oe=OW,oi=OY,oy=OY,' +
  'oo=UW,ou=AW,ow=OW,ue=UW,ui=UW,ar=AA R,er=ER,ir=ER,or=AO R,ur=ER,' +
  'bb=B,cc=K,dd=D,ff=F,gg=G,kk=K,ll=L,mm=M,nn=N,pp=P,rr=R,ss=S,tt=T,zz=Z,ce=S,ci=S IH,cy=S IY,' +
  'ge=JH,gi=JH IH,a=AE,b=B,c=K,d=D,e=EH,f=F,g=G,h=HH,i=IH,j=JH,k=K,l=L,m=M,n=N,o=AA,p=P,q=K,' +
  'r=R,s=S,t=T,u=AH,v=V,w=W,x=K S,y=IY,z=Z'
)
  .split(',')
  .map((rule) => {
    const [letters = '', phones = ''] = rule.split('=');
    return [letters, phones] as const;
  });

/**
 * A pronunciation for a word no dictionary lists: a known word with an ending, two known words in
 * one (as company names are), or letter by letter.
 *
 * @param known the phones of a listed word, null for others.
 */
export function guessPhones(word: string, known: (word: string) => string | null): string {
  return withEnding(word, known) ?? compound(word, known) ?? spell(word);
}

function withEnding(word: string, known: (word: string) => string | null): string | null {
  const stem = /^(.+?)(?:'s|s)$/.exec(word)?.[1];
  const phones = stem ? known(stem) : null;
  if (!phones) return null;
  if (/(S|Z|SH|ZH|CH|JH)$/.test(phones)) return `${phones} IH Z`;
  return `${phones} ${/(P|T|K|F|TH)$/.test(phones) ? 'S' : 'Z'}`;
}

function compound(word: string, known: (word: string) => string | null): string | null {
  // Longest first half: "greenbay" is green and bay.
  for (let cut = word.length - 3; cut >= 3; cut -= 1) {
    const [first, second] = [known(word.slice(0, cut)), known(word.slice(cut))];
    if (first && second) return `${first} ${second}`;
  }
  return null;
}

function spell(word: string): string {
  const phones: string[] = [];
  let rest = word.replace(/[^a-z]/g, '');
  if (rest.length > 3) rest = rest.replace(/([^aeiou])e$/, '$1'); // a final e is silent
  while (rest) {
    const rule = spellings.find(([letters]) => rest.startsWith(letters));
    if (!rule) break;
    phones.push(rule[1]);
    rest = rest.slice(rule[0].length);
  }
  return phones.join(' ') || 'AH';
}
