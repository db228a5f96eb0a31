const valueWord =
  /^(?:\d.*|mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?$|^(?:january|february|march|april|june|july|august|september|october|november|december|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|double|triple|half|quarter|past|oclock|o'clock|noon|first|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|weeks?|weekends?|days?|months?|years?|minutes?|soon|tonight|yesterday|name|number|reference|code|am|pm)$/;

/** Whether a word gives a value (a number, a day, a time) rather than names a matter. */
export const isValueWord = (word: string): boolean => valueWord.test(word);
