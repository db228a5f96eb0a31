/**
 * Everyday words that are nobody's name by themselves. Words that are names, too (rose, mark, hope,
 * brown, baker), are left out.
 */
export const ordinaryWords: ReadonlySet<string> = new Set(
  `about above account across action address after again age ago air alarm alone along already although always
  amount animal answer apart apartment apple area arm around arrive article asap attention autumn available away
  baby back bad bag balance ball bank bar basic basket bath bathroom bathrooms bathtub beach bean beautiful bed bedroom bedrooms beer before
  begin behind below beside best better between bicycle big bike bill's birthday bit black's blanket blinds block blood
  blue board boat body boiler book books boot boots bottle bottom bowl box boxes boy brand bread breakfast brick bridge bring
  broken brother brush bucket budget build building bulb burger burst bus business busy butter button buy cable cake
  camera candle cap car card care careful carpet carpets case cash cat cats cause ceiling cellar center centre certain chain
  chair chairs change charge cheap cheaper cheapest check cheese chicken child children chips chocolate choice choose church cinema city class
  classes clean cleaning clear clinic clock close closed cloth clothes cloud coat code coffee cold collar collect colour color comedy
  comfortable company complete computer concert condition connection contract cooker cool copy corner correct cost couch
  cough could country couple course court cover cow cream credit cup curtain curtains cushion customer cut cycle daily dairy damage
  damaged dark data date daughter day days dead deal deep delay deliver delivery desk dessert detail details different difficult dining
  dinner direction dirty discount dish dishes dishwasher distance dog dogs dollar door doors double doubt down drain drawer dress drink
  drip drive driver dry dryer duck dust early earring ears earth east easy eat edge egg eggs eight electric electricity
  elevator else emergency empty end engine enough entrance estimate evening event every everyone everything
  exact example excellent except exchange exercise exit expensive extra eye eyes face fact factory fair fall false family fan far
  farm fast faster fat faucet fault faulty favourite feel feet fence fever few fewer fifth fifty fill filter fine finger fire firm
  first fish fix flat flight floor floors flour flower flowers fly food foot football forest forget fork form forward free freezer fresh fridge
  friend friends from front fruit full fun funny furniture future game garden gas gate general gift girl glass glasses gloves goal gold gone
  good goods grass great green-one ground group guest guests guitar gym hair half hall hallway hammer hand handle happy hard hat head
  headache health healthy heart heat heater heating heavy height help here high history hobby hole holiday home hospital hot hotel
  hour house how huge hundred hungry hurt husband ice idea ill immediately important impossible include indoor information inside
  instead insurance interest internet iron island item items jacket jar jeans job join joke juice jump just keep kettle key keys kick
  kid kids kilo kind kitchen kitten knee knife lamp lamps land language laptop large larger largest last late later laundry law lawn leak leaking leather
  leave left leg legs lesson lesson's letter level library licence lift light lights line list little live living loan local
  lock locked locks long look loose lorry lose lost lot loud love lovely low lower lunch lungs luxury machine magazine mail main
  make man manager many map market married material mattress matter maybe meal meals mean meat medicine medium meeting member membership memory
  men menu message metal middle midnight milk million mind minute mirror miss missing mistake mixed mobile model modern moment money
  month months moon more morning most mother motor mountain mouse mouth move movie much museum music name narrow natural near nearly
  necessary neck need needle neighbour neither nephew never new news newspaper next nice niece night nights nine noise noisy none noon
  normal north nose note nothing notice now number nurse object ocean odd off offer office often oil old once one online only
  onion open orange-one order ordinary other our out outdoor outside oven over own pack package page paid pain paint painting pair
  pants paper parcel parents park parking part party password past path patient pay payment pen pencil people pepper perfect perhaps period
  person pet pets phone photo piano picture piece pig pill pillow pills pink pipe pipes pizza place plan plant plants plastic plate platform
  play please plug plumber pocket point police policy pool poor porch possible post pot potato pound power premium present press pretty
  price printer private problem product programme proper public pull pump pupil puppy purple purse push quality quarter question
  quick quickly quiet quite rabbit radiator radio railway rain ready really reason receipt red regular remember remote rent
  repair report request rest restaurant result return right ring river road roof room rooms rope rough round route rubbish
  rug ruler run sad safe salad salary sale salt same sand sandwich sauce sausage saw scarf school scissors screen sea seat seats
  second secret security seem sell send senior sensitive serious service session set seven several shampoo shape sharp sheet sheets shelf shelves
  ship shirt shirts shoe shoes shop short shorter shoulder show shower shut shutter sick side sign silver similar simple since single sink
  sister site six size skin skirt sky sleep slow small smaller smallest smell smoke smooth snow soap sock socks sofa soft some son song soon sore
  sorry sound soup south space spare special speed spend spicy sport spot spring stable staff stage stain stained stair stairs stamp standard
  start station stay steak steel step sticky still stomach stop store storm story straight strange street string strong stuck student studio stuff
  sugar suit suitcase summer sun sunny supermarket supper sure surface surgery surprise sweater sweet swim swimming switch system table
  tables tablet tall tank tap tape tax taxi tea teacher team teeth telephone television ten tenant tennis tent terrible test than that theatre
  there thick thin thing things third thirsty ticket tickets tie tight tile tiles time tired title today toe together toilet tomato tomorrow tonight
  tool tools tooth top total touch tour towel towels tower town toy toys track traffic train training tram travel treatment tree trees trip trouble
  trousers truck true tube twelve twice two ugly umbrella uncle under uniform university until upper upset upstairs urgent use used
  useful usual vacuum valley value van vegetable vegetables vehicle very video view village visit voice wage wait waiter waiting walk wall walls
  wallet war warm wash washer washing watch water wave way weak weather website wedding week weekend weekly weight welcome west wet wheel wheels
  when whole wide wife wifi wild wind window windows wine winter wire with without woman wonderful wood wooden wool word work worker working
  world worse worst wrist write wrong yard year years yellow yesterday young-one zero zoo`.split(
    /\s+/,
  ),
);
