/* closed.c: see closed.h. Function words are complete as far as edited prose goes; names of
 * countries, peoples and persons are moderately broad. */
#include "closed.h"

#include <stddef.h>

#include "word.h"

enum {
    S1 = WORD_FIRST_PERSON,
    S2 = WORD_SECOND_PERSON,
    S3 = WORD_THIRD_PERSON,
    PL = WORD_PLURAL_PERSON,
    SUB = WORD_SUBJECT,
    OBJ = WORD_OBJECT,
    OWN = WORD_OWNER,
    SELF = WORD_REFLEXIVE,
    MALE = WORD_MALE,
    FEMALE = WORD_FEMALE,
    GROUP = WORD_GROUP,
    THING = WORD_NEUTER
};

const struct closed_list closed_lists[] = {
    {WORD_PRONOUN, S1 | SUB, 0, "i"},
    {WORD_PRONOUN, S1 | OBJ, 0, "me"},
    {WORD_PRONOUN, S1 | PL | SUB, GROUP, "we"},
    {WORD_PRONOUN, S1 | PL | OBJ, GROUP, "us"},
    {WORD_PRONOUN, S2 | SUB | OBJ, 0, "you ye y'all"},
    {WORD_PRONOUN, S2 | SUB, 0, "thou"},
    {WORD_PRONOUN, S2 | OBJ, 0, "thee"},
    {WORD_PRONOUN, S3 | SUB, MALE, "he"},
    {WORD_PRONOUN, S3 | OBJ, MALE, "him"},
    {WORD_PRONOUN, S3 | SUB, FEMALE, "she"},
    {WORD_PRONOUN, S3 | OBJ, FEMALE, "her"},
    {WORD_PRONOUN, S3 | SUB | OBJ, THING, "it"},
    {WORD_PRONOUN, S3 | PL | SUB, GROUP, "they"},
    {WORD_PRONOUN, S3 | PL | OBJ, GROUP, "them 'em"},
    {WORD_POSSESSIVE, S1 | OWN, 0, "my"},
    {WORD_POSSESSIVE, S1 | PL | OWN, GROUP, "our"},
    {WORD_POSSESSIVE, S2 | OWN, 0, "your thy"},
    {WORD_POSSESSIVE, S3 | OWN, MALE, "his"},
    {WORD_POSSESSIVE, S3 | OWN, FEMALE, "her"},
    {WORD_POSSESSIVE, S3 | OWN, THING, "its"},
    {WORD_POSSESSIVE, S3 | PL | OWN, GROUP, "their"},
    {WORD_POSSESSIVE | WORD_WH, S3 | OWN, 0, "whose"},
    {WORD_PRONOUN, S1 | OWN, 0, "mine"},
    {WORD_PRONOUN, S1 | PL | OWN, GROUP, "ours"},
    {WORD_PRONOUN, S2 | OWN, 0, "yours"},
    {WORD_PRONOUN, S3 | OWN, MALE, "his"},
    {WORD_PRONOUN, S3 | OWN, FEMALE, "hers"},
    {WORD_PRONOUN, S3 | PL | OWN, GROUP, "theirs"},
    {WORD_PRONOUN, S1 | SELF, 0, "myself"},
    {WORD_PRONOUN, S1 | PL | SELF, GROUP, "ourselves ourself"},
    {WORD_PRONOUN, S2 | SELF, 0, "yourself thyself"},
    {WORD_PRONOUN, S2 | PL | SELF, GROUP, "yourselves"},
    {WORD_PRONOUN, S3 | SELF, MALE, "himself"},
    {WORD_PRONOUN, S3 | SELF, FEMALE, "herself"},
    {WORD_PRONOUN, S3 | SELF, THING, "itself oneself"},
    {WORD_PRONOUN, S3 | PL | SELF, GROUP, "themselves themself"},
    {WORD_PRONOUN, S3 | SUB | OBJ, 0,
     "anybody anyone everybody everyone nobody somebody someone one"},
    {WORD_PRONOUN, S3 | SUB | OBJ, THING, "anything everything nothing something naught"},
    {WORD_PRONOUN, S3 | SUB | OBJ, 0, "none another either neither each much little less"},
    {WORD_PRONOUN, S3 | PL | SUB | OBJ, 0,
     "many few several both all some any others most more enough plenty"},
    {WORD_PRONOUN, S3 | SUB | OBJ, THING, "this that"},
    {WORD_PRONOUN, S3 | PL | SUB | OBJ, 0, "these those"},
    {WORD_DETERMINER, 0, 0,
     "the a an this that these those every each no some any either neither another all both half "
     "many few "
     "several such much more most less least fewer enough other own certain various which what "
     "whatever "
     "whichever"},
    {WORD_WH, S3 | SUB, 0, "who whoever"},
    {WORD_WH, S3 | OBJ, 0, "whom whomever"},
    {WORD_WH, S3 | SUB | OBJ, THING, "what which whatever whichever"},
    {WORD_WH, 0, 0,
     "where when why how wherever whenever whence whither whereby wherein whereupon"},
    {WORD_SUBORDINATOR, 0, 0,
     "that because although though if unless until till while whilst whereas since as after before "
     "than once "
     "lest provided when whenever where wherever so whether albeit insofar inasmuch "
     "notwithstanding like"},
    {WORD_CONJUNCTION, 0, 0, "and or but nor yet & plus so for and/or"},
    {WORD_PREPOSITION, 0, 0,
     "of in to for with on at from by about as into through after over between out against during "
     "without "
     "before under around among across behind beyond toward towards upon within along near like "
     "off above "
     "below beneath beside besides despite except inside outside onto per since than throughout "
     "till until "
     "unlike via amid amidst amongst concerning regarding respecting excluding including following "
     "notwithstanding past round underneath versus vs aboard alongside atop astride barring circa "
     "down up "
     "minus opposite pending worth ere aside regardless because instead rather due"},
    {WORD_MODAL, 0, 0,
     "can could may might must shall should will would ought cannot dare need wouldst shalt"},
    {WORD_MODAL | WORD_CONTRACTION, 0, 0, "gotta gonna wanna"},
    {WORD_BE, 0, 0, "be am is are was were been being art"},
    {WORD_HAVE, 0, 0, "have has had having hath hast"},
    {WORD_DO, 0, 0, "do does did done doing doth dost"},
    {WORD_NEGATION, 0, 0,
     "not never nor neither no none nobody nothing nowhere n't without cannot"},
    {WORD_TO, 0, 0, "to"},
    {WORD_PARTICLE, 0, 0,
     "up out off down away back over in on around through forth along aside apart together forward "
     "about by"},
    {WORD_NUMBER, S3, 0,
     "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
     "fifteen sixteen "
     "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"},
    {WORD_NUMBER, S3 | PL, 0,
     "hundred thousand million billion trillion hundreds thousands millions billions trillions "
     "dozen dozens"},
    {WORD_ORDINAL, 0, 0,
     "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
     "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth "
     "hundredth "
     "thousandth millionth last next"},
    {WORD_INTERJECTION, 0, 0,
     "oh ah alas hey hello hi wow ouch yes no okay ok please amen bravo hurrah hooray aha oops ugh "
     "yeah nope "
     "yep hmm um uh eh huh gosh goodbye farewell cheers bah pshaw shh psst"},
    {WORD_FUNCTION_ADVERB, 0, 0,
     "then thus very also just still even only so too ever never again here there now quite rather "
     "almost "
     "always often perhaps maybe however therefore hence indeed already soon once twice yet else "
     "instead "
     "anyway moreover furthermore nevertheless nonetheless meanwhile otherwise likewise somewhat "
     "somehow "
     "somewhere anywhere everywhere nowhere elsewhere thereby therein thereafter hereby merely "
     "hardly scarcely "
     "barely nearly simply really actually well much more most less least as enough far further "
     "ago later "
     "sometimes seldom rarely not accordingly consequently altogether besides though "
     "today tomorrow yesterday tonight long etc alike anymore "},
    {WORD_MONTH, 0, 0,
     "january february march april may june july august september october november december jan "
     "feb mar apr "
     "jun jul aug sep sept oct nov dec"},
    {WORD_DAY, 0, 0,
     "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
     "thursdays fridays "
     "saturdays sundays mon tue tues wed thu thur thurs fri sat sun"},
    {WORD_COPULA, 0, 0,
     "seem seems seemed seeming become becomes became becoming remain remains remained remaining "
     "appear "
     "appears appeared appearing feel feels felt feeling look looks looked looking sound sounds "
     "sounded "
     "sounding stay stays stayed staying grow grows grew growing grown prove proves proved proving "
     "proven "
     "keep keeps kept keeping turn turns turned get gets got getting gotten stand stands stood "
     "taste tastes "
     "tasted smell smells smelled go goes went run ran fall falls fell make makes made making"},
    {WORD_TITLE, 0, MALE,
     "mr mister sir lord king prince duke baron emperor pope father brother sheikh sultan tsar "
     "chairman congressman monsieur herr señor senor signor don count earl monk"},
    {WORD_TITLE, 0, FEMALE,
     "mrs ms miss madam madame ma'am lady queen princess duchess baroness empress mother sister "
     "chairwoman congresswoman dame señora senora frau mademoiselle countess"},
    {WORD_TITLE, 0, 0,
     "dr doctor prof professor president vice-president premier minister chancellor governor "
     "senator "
     "representative deputy secretary ambassador general colonel captain major lieutenant sergeant "
     "corporal "
     "admiral commander commodore marshal brigadier judge justice chief director mayor councillor "
     "councilor "
     "councilman alderman sheriff inspector detective officer constable superintendent "
     "commissioner "
     "chairperson chair speaker bishop archbishop cardinal rabbi imam reverend rev pastor deacon "
     "rector "
     "dean provost principal coach saint st gen col capt lt sgt cpl cmdr gov sen rep hon "
     "excellency majesty "
     "highness honor honour comrade citizen private attorney counsel counselor counsellor "
     "prosecutor delegate "
     "envoy consul treasurer whip elder ayatollah mullah lama swami guru mx esq jr sr pvt maj adm"},
    {WORD_ABBREVIATION, 0, 0,
     "mr mrs ms dr prof gov sen rep gen col capt lt sgt maj adm cmdr cpl pvt rev hon st jr sr "
     "messrs jan feb mar apr "
     "jun jul aug sept oct nov dec inc ltd co corp vs etc no vol fig dept est approx u.s u.k u.n "
     "a.m p.m e.g i.e"},
    {WORD_NATION, 0, 0,
     "afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan "
     "bahamas "
     "bahrain bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana "
     "brazil britain "
     "brunei bulgaria burkina burma burundi cambodia cameroon canada chad chile china colombia "
     "comoros congo "
     "croatia cuba cyprus czechia czechoslovakia denmark djibouti dominica ecuador egypt england "
     "eritrea "
     "estonia eswatini ethiopia fiji finland france gabon gambia georgia germany ghana greece "
     "greenland "
     "grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq "
     "ireland israel "
     "italy jamaica japan jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos "
     "latvia lebanon "
     "lesotho liberia libya liechtenstein lithuania luxembourg macedonia madagascar malawi "
     "malaysia maldives "
     "mali malta mauritania mauritius mexico micronesia moldova monaco mongolia montenegro morocco "
     "mozambique "
     "myanmar namibia nauru nepal netherlands holland nicaragua niger nigeria norway oman pakistan "
     "palau "
     "palestine panama paraguay persia peru philippines poland portugal prussia qatar romania "
     "russia rwanda "
     "samoa scotland senegal serbia seychelles singapore slovakia slovenia somalia spain sudan "
     "suriname sweden "
     "switzerland syria taiwan tajikistan tanzania thailand tibet togo tonga trinidad tunisia "
     "turkey "
     "turkmenistan tuvalu uganda ukraine uruguay us u.s u.s. usa u.s.a uk u.k u.k. ussr uzbekistan "
     "vanuatu "
     "vatican venezuela vietnam wales yemen yugoslavia zaire zambia zimbabwe america"},
    {WORD_DEMONYM, 0, 0,
     "afghan african albanian algerian american americans andean arab arabian arabic argentine "
     "argentinian "
     "armenian asian athenian australian austrian azerbaijani babylonian balkan baltic bangladeshi "
     "basque "
     "bavarian belarusian belgian berliner bolivian bosnian brazilian british briton bulgarian "
     "burmese "
     "byzantine californian cambodian cameroonian canadian caribbean catalan chechen chilean "
     "chinese colombian "
     "congolese croatian cuban cypriot czech dane danish dominican dutch dutchman ecuadorian "
     "egyptian english "
     "englishman englishwoman eritrean estonian ethiopian european fijian filipino finn finnish "
     "flemish french "
     "frenchman frenchwoman gambian georgian german ghanaian greek guatemalan haitian hawaiian "
     "hebrew hispanic "
     "honduran hungarian icelander icelandic indian indonesian iranian iraqi irish irishman "
     "israeli italian "
     "ivorian jamaican japanese jordanian kazakh kenyan korean kurd kurdish kuwaiti laotian latin "
     "latino "
     "latvian lebanese liberian libyan lithuanian londoner macedonian malagasy malawian malay "
     "malaysian "
     "maltese mexican moldovan mongolian montenegrin moroccan mozambican namibian nepalese nepali "
     "new-yorker nicaraguan nigerian nordic norwegian omani ottoman pakistani palestinian "
     "panamanian "
     "paraguayan parisian persian peruvian pole polish portuguese prussian puerto-rican qatari "
     "quebecois roman "
     "romanian russian rwandan samoan saudi scandinavian scot scots scottish senegalese serb "
     "serbian sicilian "
     "slav slavic slovak slovenian somali soviet spaniard spanish sudanese swede swedish swiss "
     "syrian "
     "taiwanese tajik tanzanian texan thai tibetan togolese tunisian turk turkish ugandan "
     "ukrainian uruguayan "
     "uzbek venetian venezuelan vietnamese welsh welshman yemeni yugoslav zambian zimbabwean"},
    {WORD_GIVEN, 0, MALE,
     "aaron abdul abraham adam ahmed al alan albert alejandro alex alexander alfred ali allan "
     "allen andre "
     "andreas andrew angelo anthony antoine antonio arnold arthur barry benjamin bernard bill "
     "billy bob bobby "
     "boris brad bradley brandon brian bruce bryan carl carlos cesar charles charlie chris "
     "christian "
     "christopher clarence claude clive colin craig curtis dale dan daniel darren dave david dean "
     "dennis derek "
     "diego dirk dmitri dmitry dominic don donald doug douglas duncan dylan earl eddie edgar "
     "eduardo edward "
     "edwin eli elias emmanuel enrique eric erik ernest eugene evan felix fernando floyd francesco "
     "francis "
     "francisco franco frank franz fred frederick gabriel gareth gary gene geoffrey george gerald "
     "gerard gilbert "
     "giovanni giuseppe glenn gordon graham greg gregory guillermo gustav guy hal hans harold "
     "harry harvey "
     "hassan hector heinrich henri henry herbert herman howard hugh hugo hussein ian ibrahim igor "
     "isaac ivan "
     "jack jacob jacques jaime james jamal jan jared jason javier jay jean jeff jeffrey jeremy "
     "jerome jerry "
     "jesse jesus jim jimmy joe joel johan johann john johnny jon jonathan jordan jorge jose "
     "joseph josh joshua "
     "juan julian julio justin karl keith kenneth kevin kofi kumar kurt kyle lars larry lawrence "
     "lee leo leon "
     "leonard leonardo leroy leslie lewis liam lloyd louis lucas luigi luis luke malcolm manuel "
     "marc marcel "
     "marco marcus mario mark martin marvin mathew matt matteo matthew maurice max michael miguel "
     "mike mikhail "
     "milton mitchell mohamed mohammad mohammed moses muhammad nathan nathaniel neil nelson "
     "nicholas nick "
     "nicolas nigel nikolai noah noel norman oliver omar oscar otto owen pablo patrick paul paulo "
     "pedro percy "
     "peter phil philip philippe pierre pietro rafael ralph ramon randall randy ray raymond "
     "reginald rene "
     "ricardo richard rick robert roberto rodney roger roland ron ronald roy rudolf rupert russell "
     "ryan salim "
     "salvador sam samuel scott sean sebastian sergei sergio seth shane sidney simon stanley "
     "stefan stephen "
     "steve steven stewart stuart ted terence terry theodore thomas tim timothy toby todd tom "
     "tommy tony "
     "travis trevor tyler vernon victor vincent viktor vladimir walter warren wayne wei wilhelm "
     "will william "
     "willie wolfgang xavier yusuf zachary"},
    {WORD_GIVEN, 0, FEMALE,
     "abigail ada adele agatha agnes aisha alexandra alice alicia alison amanda amber amelia amina "
     "amy ana "
     "andrea angela anita ann anna anne annette annie antonia april ashley astrid audrey barbara "
     "beatrice "
     "becky bernadette bertha beth betty beverly bonnie brenda bridget brittany camille carla "
     "carmen carol "
     "caroline carolyn catherine cathy cecilia celia charlotte chelsea cheryl chloe christina "
     "christine cindy "
     "claire clara claudia colleen connie constance crystal cynthia daisy dana danielle daphne "
     "dawn deborah "
     "debra delia denise diana diane dolores donna dora doris dorothy edith edna eileen elaine "
     "eleanor elena "
     "eliza elizabeth ella ellen elsa elsie emily emma erica erin esther ethel eva eve evelyn "
     "fatima felicia "
     "fiona flora florence frances francesca freda gabriela gail geraldine gertrude gina gladys "
     "gloria grace "
     "greta gwen hannah harriet hazel heather heidi helen helena hilda holly hope ida ingrid irene "
     "iris irma "
     "isabel isabella ivy jackie jacqueline jane janet janice jasmine jeanette jeanne jennifer "
     "jenny jessica "
     "jill joan joanna jocelyn josephine joy joyce juanita judith judy julia juliana julie june "
     "karen kate "
     "katherine kathleen kathryn kathy katie kayla kelly kim kimberly kirsten kristen kristin "
     "latoya laura "
     "lauren leah leila lena lillian lily linda lisa lois lorraine louise lucia lucy lydia lynn "
     "mabel "
     "madeleine maggie marcia margaret margarita maria marian marianne marie marilyn marina marion "
     "marjorie "
     "martha mary matilda maud maureen maxine megan melanie melissa mercedes mia michelle mildred "
     "miranda "
     "miriam molly monica muriel myra nadia nancy naomi natalia natalie natasha nicole nina nora "
     "norma olga "
     "olive olivia pamela patricia paula pauline pearl peggy penelope phoebe phyllis priscilla "
     "priya rachel "
     "rebecca regina renee rhoda rita roberta rosa rosalind rose rosemary roxanne ruby ruth sally "
     "samantha "
     "sandra sara sarah serena shannon sharon sheila sherry shirley silvia simone sofia sonia "
     "sophia sophie "
     "stacy stella stephanie sue susan susanna suzanne svetlana sylvia tamara tania tanya tara "
     "teresa tessa "
     "thelma theresa tiffany tina tracy ursula valerie vanessa vera veronica victoria viola violet "
     "virginia "
     "vivian wanda wendy wilma winifred yolanda yvonne zoe"},
    {0, 0, MALE,
     "man men boy boys gentleman gentlemen son sons husband husbands uncle uncles nephew nephews "
     "grandfather "
     "grandson grandfathers dad daddy papa lad lads guy guys king kings prince princes duke dukes "
     "lord lords "
     "emperor emperors pope popes monk monks fatherland spokesman chairman congressman businessman "
     "salesman "
     "fisherman policeman statesman cowboy groom bridegroom widower actor waiter hero heir fellow "
     "bloke "
     "bachelor priest father fathers brother brothers sir mr"},
    {0, 0, FEMALE,
     "woman women girl girls lady ladies daughter daughters wife wives aunt aunts niece nieces "
     "grandmother "
     "grandmothers granddaughter mom mum mommy mama lass queen queens princess princesses duchess "
     "empress nun "
     "nuns spokeswoman chairwoman congresswoman businesswoman saleswoman policewoman stateswoman "
     "bride widow "
     "widows actress waitress heroine heiress maid madam mrs ms miss mother mothers sister sisters "
     "midwife "
     "goddess stewardess"},
    {0, 0, 0, NULL}};

/* What WordNet 3.0 lacks or misjudges for today's edited prose. */
#define CORRECT(pos, count, class_name, words)  \
    {                                           \
        WORD_##pos, 1, count, class_name, words \
    }
#define BASIC(pos, count, class_name, words)    \
    {                                           \
        WORD_##pos, 0, count, class_name, words \
    }

const struct open_list open_lists[] = {
    /* Function words lose WordNet's open readings (in: inch; a: ampere); these keep or get one, on
     * the scale where their closed reading counts 100. */
    CORRECT(VERB, 60, "v:emotion", "like"),
    CORRECT(VERB, 600, "v:emotion", "need"),
    CORRECT(VERB, 200, "v:social", "dare"),
    CORRECT(NOUN, 25, "n:state", "need"),
    CORRECT(NOUN, 6, "n:cognition", "will"),
    CORRECT(NOUN, 4, "n:artifact", "can"),
    CORRECT(NOUN, 6, "n:attribute", "might"),
    CORRECT(NOUN, 2, "n:cognition", "must"),
    CORRECT(VERB, 4, "v:possession", "will"),
    CORRECT(NOUN, 100, "n:time", "past"),
    CORRECT(ADJECTIVE, 100, "a:all", "past"),
    CORRECT(NOUN, 60, "n:body", "back"),
    CORRECT(VERB, 30, "v:motion", "back"),
    CORRECT(ADJECTIVE, 8, "a:all", "back"),
    CORRECT(ADVERB, 100, "r", "back together apart aside forth forward away"),
    CORRECT(ADVERB, 30, "r",
            "up down out off over around through along inside outside near beyond"),
    CORRECT(ADVERB, 6, "r", "in on about by"),
    CORRECT(ADJECTIVE, 40, "a:all", "opposite due certain worth"),
    CORRECT(NOUN, 6, "n:group", "opposite"),
    CORRECT(ADJECTIVE, 70, "a:all",
            "own various other certain such many few several much more most less least enough "
            "fewer little"),
    CORRECT(VERB, 6, "v:possession", "own"),
    CORRECT(ADJECTIVE, 20, "a:all", "outside inside near unlike forward"),
    CORRECT(NOUN, 15, "n:location", "outside inside"),
    CORRECT(VERB, 2, "v:motion", "near down forward up"),
    CORRECT(NOUN, 10, "n:quantity", "half plenty"),
    CORRECT(ADJECTIVE, 60, "a:all", "following"),
    CORRECT(NOUN, 30, "n:group", "following"),
    CORRECT(NOUN, 100, "n:quantity", "hundreds thousands millions billions trillions dozens"),
    CORRECT(VERB, 100, "v:stative", "be"),
    CORRECT(VERB, 300, "v:possession", "have"),
    CORRECT(VERB, 150, "v:social", "do"),
    CORRECT(NOUN, 20, "n:tops", "being"),
    CORRECT(NOUN, 3, "n:person", "one"),
    CORRECT(NOUN, 4, "n:artifact", "mine"),
    CORRECT(NOUN, 0, NULL, "yes yeah hey hello hi okay"),
    CORRECT(VERB, 30, "v:emotion", "please"),
    CORRECT(NOUN, 4, "n:communication", "why how"),
    CORRECT(NOUN, 8, "n:attribute", "plus minus"),
    CORRECT(NOUN, 6, "n:location", "over"),
    CORRECT(ADJECTIVE, 10, "a:all", "over"),
    CORRECT(NOUN, 2, "n:act", "having doing"),
    CORRECT(ADVERB, 100, "r",
            "so then once yet however though twice rather instead besides else "
            "much more most less least enough as too very even just still only also ever never"),

    /* Misjudged by SemCor's counts. */
    CORRECT(VERB, 400, "v:communication", "say"),
    CORRECT(ADJECTIVE, 6, "a:all", "still even just"),
    CORRECT(ADJECTIVE, 40, "a:all", "only"),
    CORRECT(ADJECTIVE, 10, "a:all", "very"),
    CORRECT(NOUN, 2, "n:artifact", "still"),
    CORRECT(VERB, 2, "v:change", "still even"),
    CORRECT(NOUN, 4, "n:artifact", "well"),
    CORRECT(NOUN, 0, NULL, "even just soon maybe perhaps as so"),
    CORRECT(VERB, 0, NULL, "well long"),
    CORRECT(NOUN, 120, "n:person", "people"),
    CORRECT(NOUN, 60, "n:communication", "media news"),
    CORRECT(NOUN, 25, "n:group",
            "poor rich public wealthy elderly unemployed homeless powerful powerless wounded"),
    CORRECT(VERB, 1, "v:social", "people"),
    CORRECT(NOUN, 80, "n:state", "economy"),
    CORRECT(NOUN, 60, "n:group", "government country nation union"),
    CORRECT(ADJECTIVE, 60, "a:all", "economic military federal global international"),

    /* After its time. */
    CORRECT(NOUN, 12, "n:communication",
            "email blog tweet podcast hashtag website webpage meme selfie text podcast newsfeed "
            "spam emoji livestream webinar newsletter voicemail screenshot soundbite "),
    CORRECT(NOUN, 12, "n:artifact",
            "internet smartphone laptop app iphone android software hardware server router "
            "cellphone drone "
            "startup chatbot browser touchscreen wifi paywall dashboard algorithm satnav "
            "livestream database firewall gadget malware"),
    CORRECT(NOUN, 12, "n:group",
            "google facebook twitter instagram youtube wikipedia amazon netflix nato opec eu un "
            "nasa fbi cia "
            "gop startup ngo ngos brics asean imf wto unesco unicef"),
    CORRECT(
        NOUN, 12, "n:person",
        "blogger influencer podcaster youtuber millennial boomer zoomer tweeter gamer jihadist "
        "islamist "
        "whistleblower oligarch strongman stakeholder policymaker lawmaker caregiver "
        "freelancer hacker troll netizen newcomer truther denier climatologist "
        "epidemiologist neocon hardliner powerbroker frontrunner insurgent refugee billionaire "
        "barista "
        "spokesperson chairperson congressperson salesperson layperson businessperson firefighter "
        "paralegal entrepreneur counterpart"),
    CORRECT(
        NOUN, 12, "n:act",
        "outsourcing crowdfunding globalization globalisation lockdown cyberattack bailout "
        "outreach "
        "brinkmanship brinksmanship crackdown shutdown workaround rollout groupthink "
        "multitasking networking deregulation denuclearization decoupling onshoring offshoring "
        "fracking doxing phishing bullying shaming gaslighting lobbying fundraising peacekeeping "
        "backlash handout buyout takeover layoff stimulus"),
    CORRECT(
        NOUN, 12, "n:cognition",
        "mindset worldview agenda groupthink postmodernism feminism geopolitics metadata takeaway "
        "populism islamophobia neoliberalism wokeness sustainability inclusivity"),
    CORRECT(NOUN, 12, "n:state",
            "covid coronavirus pandemic autism adhd gridlock burnout downturn homelessness "
            "standoff stalemate standstill gridlock statehood"),
    CORRECT(NOUN, 12, "n:possession",
            "bitcoin cryptocurrency euro tariff subsidy paycheck paycheque "
            "mortgage"),
    CORRECT(VERB, 12, "v:communication",
            "email blog tweet retweet text unfriend google message livestream "
            "reframe rebrand troll downplay signal"),
    CORRECT(VERB, 12, "v:social",
            "outsource crowdfund mentor empower disempower incentivize "
            "incentivise prioritize prioritise deprioritize weaponize weaponise deplatform "
            "disenfranchise bully leverage deescalate denuclearize onboard "
            "greenlight sanction micromanage normalize normalise"),
    CORRECT(VERB, 12, "v:creation", "download upload photoshop reboot reimagine repurpose retool"),
    CORRECT(VERB, 12, "v:change",
            "upgrade downsize ramp scale decarbonize decarbonise jumpstart kickstart derail "
            "transition reset unpack pivot"),
    CORRECT(
        ADJECTIVE, 12, "a:all",
        "online offline woke viral toxic proactive sustainable inclusive scalable wireless digital "
        "nonbinary transgender bipartisan nonpartisan geopolitical neoliberal unprecedented "
        "upbeat mainstream ongoing upcoming nonprofit postwar prewar "
        "grassroots counterproductive actionable "),
    CORRECT(ADVERB, 12, "r",
            "online offline proactively upfront arguably reportedly allegedly "
            "notably importantly hopefully frankly"),

    /* For a table without WordNet: the common words of argument, by class. */
    BASIC(NOUN, 2000, "n:person", "person"),
    BASIC(NOUN, 30, "n:person",
          "man woman child boy girl friend enemy ally rival opponent critic partner neighbor "
          "neighbour "
          "leader president minister chancellor governor senator mayor king queen prince "
          "ambassador diplomat "
          "envoy general soldier officer veteran worker employer employee owner creditor debtor "
          "lender "
          "borrower banker farmer teacher student doctor nurse patient lawyer judge witness victim "
          "criminal "
          "expert scientist scholar professor author writer reader journalist editor reporter "
          "voter citizen "
          "taxpayer consumer customer client investor donor member colleague brother sister father "
          "mother "
          "son daughter husband wife parent hero coward traitor tyrant dictator bully liar fool "
          "prophet saint "
          "sinner pastor priest official spokesman negotiator mediator immigrant tenant landlord "
          "candidate "
          "politician lawmaker everyman founder director manager boss chief captain secretary lord "
          "guest host"),
    BASIC(
        NOUN, 30, "n:group",
        "family company firm business bank union party team committee council board court congress "
        "parliament senate house cabinet ministry department agency office administration regime "
        "coalition "
        "alliance nation state country people public crowd community society church school "
        "university army "
        "navy police force majority minority opposition league association organization "
        "organisation class "
        "generation population side team world industry press media delegation"),
    BASIC(NOUN, 30, "n:location",
          "city town village capital street region border territory land island coast river "
          "mountain valley "
          "sea ocean road bridge north south east west district county province place area site "
          "home"),
    BASIC(NOUN, 30, "n:possession",
          "money price cost tax tariff debt loan credit wage salary income fund budget aid grant "
          "subsidy "
          "payment fee fine profit loss asset wealth property capital share investment interest "
          "reward"),
    BASIC(NOUN, 30, "n:communication",
          "word speech letter message statement promise threat warning demand request offer "
          "proposal question "
          "answer argument debate story report book law rule treaty agreement contract deal pact "
          "claim "
          "evidence proof lie truth insult praise complaint apology advice order language voice "
          "name"),
    BASIC(NOUN, 30, "n:feeling",
          "fear hope love hate hatred anger joy grief pride shame pity sympathy trust desire "
          "passion sorrow "
          "regret despair envy gratitude pleasure pain resentment anxiety"),
    BASIC(NOUN, 30, "n:act",
          "action act work war attack battle fight crime murder theft reform policy trade vote "
          "election "
          "campaign strike protest negotiation sanction embargo withdrawal retreat decision choice "
          "effort "
          "attempt mistake blunder failure service support help change move step job task talk "
          "meeting visit"),
    BASIC(NOUN, 30, "n:cognition",
          "idea thought belief plan reason cause fact theory view opinion issue problem solution "
          "goal aim "
          "purpose principle value lesson knowledge wisdom doubt faith memory experience interest "
          "matter way"),
    BASIC(NOUN, 30, "n:state",
          "peace freedom liberty security danger crisis poverty justice order power need condition "
          "situation "
          "health illness disease death life unity status relationship conflict chaos risk threat "
          "trouble"),
    BASIC(NOUN, 30, "n:attribute",
          "strength weakness courage honor honour dignity quality character ability importance "
          "influence "
          "beauty cost advantage difference height size duty responsibility right"),
    BASIC(NOUN, 30, "n:time",
          "day week month year hour minute time moment decade century age past future "
          "present morning evening night summer winter spring autumn date"),
    BASIC(NOUN, 30, "n:artifact",
          "weapon bomb gun ship car house door road book machine tool table wall gate key "
          "bridge paper computer phone product line"),
    BASIC(NOUN, 20, "n:body", "hand head eye face heart arm leg foot mouth blood body tooth"),
    BASIC(NOUN, 20, "n:event",
          "event victory defeat triumph disaster accident result end beginning outcome fall rise"),
    BASIC(NOUN, 20, "n:object",
          "earth sun moon star stone rock tree water air fire thing part kind number group "
          "amount example case point"),
    BASIC(VERB, 40, "v:communication",
          "say tell ask answer speak talk call claim argue warn threaten promise offer admit deny "
          "insist "
          "suggest propose demand request urge beg plead advise announce declare state explain "
          "describe "
          "report promise pledge vow swear praise blame accuse condemn criticize criticise "
          "complain concede "
          "agree refuse reject lie express confirm stress call discuss quote teach preach lecture "
          "curse "
          "challenge object testify confess hint imply remind reassure comment protest speak "
          "apologize apologise thank congratulate invite order command mention note add reply "
          "respond "
          "mean write read sign"),
    BASIC(VERB, 30, "v:possession",
          "give take get offer grant withhold provide supply lend borrow pay buy sell keep hold "
          "lose gain win "
          "earn own share deny award reward fund finance accept receive return send save spend"),
    BASIC(VERB, 30, "v:social",
          "commit betray abandon rescue isolate include exclude treat host settle pursue hire fire "
          "organize organise "
          "unite divide separate control abuse exploit "
          "help support lead govern rule join meet serve protect defend punish reward obey force "
          "allow permit "
          "ban prevent stop negotiate cooperate work act vote elect appoint marry free enforce "
          "impose lift try "
          "fail manage let deal"),
    BASIC(VERB, 30, "v:competition",
          "fight attack defend win lose defeat beat compete oppose resist surrender "
          "withdraw retreat invade bomb"),
    BASIC(VERB, 30, "v:cognition",
          "think know believe understand remember forget doubt consider decide choose "
          "expect learn plan judge suppose wonder realize realise trust find guess"),
    BASIC(VERB, 30, "v:emotion",
          "love hate fear hope want wish like enjoy regret worry care need admire despise trust"),
    BASIC(VERB, 30, "v:change",
          "hurt harm kill heal rebuild repair close expand shrink develop finish collapse happen "
          "occur "
          "change become grow increase decrease reduce raise lower improve worsen end start "
          "begin continue turn break fix cut strengthen weaken destroy rise fall die live"),
    BASIC(VERB, 30, "v:motion",
          "go come move leave arrive return walk run rise fall turn follow enter pass pull push "
          "bring carry send fly drive reach"),
    BASIC(VERB, 30, "v:creation",
          "make build create produce write design found invent compose do cause"),
    BASIC(VERB, 30, "v:perception",
          "see hear feel look watch listen show appear seem taste smell face"),
    BASIC(VERB, 30, "v:stative",
          "stand remain stay exist include contain matter depend deserve belong require fit last"),
    BASIC(VERB, 20, "v:contact",
          "put set hold hit strike touch open close catch throw lay draw use"),
    BASIC(ADJECTIVE, 30, "a:all",
          "good bad great small large big little long short high low old new young early late "
          "first last next "
          "right wrong true false real own same different important necessary possible impossible "
          "able "
          "unable ready willing free strong weak rich poor hard easy happy sad angry afraid proud "
          "ashamed "
          "brave wise foolish stupid honest just unjust fair unfair safe dangerous dead alive full "
          "empty "
          "clear certain sure public private political economic social national international "
          "military "
          "legal human common special main whole open closed white black red green blue hot cold "
          "best worst "
          "only single simple serious terrible wonderful beautiful ugly cruel kind generous"),
    BASIC(ADVERB, 30, "r",
          "now then here there always never often again already soon still just only even very too "
          "well "
          "quickly clearly simply really truly perhaps today tomorrow yesterday together away back "
          "also "
          "certainly indeed finally"),
    {0, 0, 0, NULL, NULL}};

const struct irregular_list irregular_lists[] = {
    {WORD_VERB,
     "be was/were been is/am/are,have had had has,do did done does,go went gone goes,arise arose "
     "arisen,awake awoke awoken,bear bore "
     "borne,beat beat beaten,become became become,begin began begun,bend bent bent,bet bet bet,bid "
     "bid bid,bind "
     "bound bound,bite bit bitten,bleed bled bled,blow blew blown,break broke broken,breed bred "
     "bred,bring "
     "brought brought,broadcast broadcast broadcast,build built built,burn burnt/burned "
     "burnt/burned,burst "
     "burst burst,buy bought bought,cast cast cast,catch caught caught,choose chose chosen,cling "
     "clung "
     "clung,come came come,cost cost cost,creep crept crept,cut cut cut,deal dealt dealt,dig dug "
     "dug,draw drew "
     "drawn,dream dreamt/dreamed dreamt/dreamed,drink drank drunk,drive drove driven,dwell "
     "dwelt/dwelled "
     "dwelt/dwelled,eat ate eaten,fall fell fallen,feed fed fed,feel felt felt,fight fought "
     "fought,find found "
     "found,flee fled fled,fling flung flung,fly flew flown,forbid forbade forbidden,forecast "
     "forecast "
     "forecast,foresee foresaw foreseen,foretell foretold foretold,forget forgot forgotten,forgive "
     "forgave "
     "forgiven,forgo forwent forgone,forsake forsook forsaken,freeze froze frozen,get got "
     "got/gotten,give gave "
     "given,grind ground ground,grow grew grown,hang hung/hanged hung/hanged,hear heard heard,hide "
     "hid "
     "hidden,hit hit hit,hold held held,hurt hurt hurt,keep kept kept,kneel knelt/kneeled "
     "knelt/kneeled,know "
     "knew known,lay laid laid,lead led led,lean leant/leaned leant/leaned,leap leapt/leaped "
     "leapt/leaped,learn learnt/learned learnt/learned,leave left left,lend lent lent,let let "
     "let,lie lay "
     "lain,light lit/lighted lit/lighted,lose lost lost,make made made,mean meant meant,meet met "
     "met,mislead "
     "misled misled,mistake mistook mistaken,misunderstand misunderstood misunderstood,mow mowed "
     "mown,outdo "
     "outdid outdone,overcome overcame overcome,overhear overheard overheard,override overrode "
     "overridden,"
     "oversee oversaw overseen,overtake overtook overtaken,overthrow overthrew overthrown,partake "
     "partook "
     "partaken,pay paid paid,plead pleaded/pled pleaded/pled,prove proved proved/proven,put put "
     "put,quit quit "
     "quit,read read read,rebuild rebuilt rebuilt,repay repaid repaid,rid rid rid,ride rode "
     "ridden,ring rang "
     "rung,rise rose risen,run ran run,saw sawed sawn/sawed,say said said,see saw seen,seek sought "
     "sought,sell "
     "sold sold,send sent sent,set set set,sew sewed sewn,shake shook shaken,shed shed shed,shine "
     "shone/shined shone/shined,shoot shot shot,show showed shown,shrink shrank shrunk,shut shut "
     "shut,sing "
     "sang sung,sink sank sunk,sit sat sat,slay slew slain,sleep slept slept,slide slid slid,sling "
     "slung "
     "slung,slit slit slit,smell smelt/smelled smelt/smelled,sow sowed sown,speak spoke "
     "spoken,speed "
     "sped/speeded sped/speeded,spell spelt/spelled spelt/spelled,spend spent spent,spill "
     "spilt/spilled "
     "spilt/spilled,spin spun spun,spit spat spat,split split split,spoil spoilt/spoiled "
     "spoilt/spoiled,spread spread spread,spring sprang sprung,stand stood stood,steal stole "
     "stolen,stick "
     "stuck stuck,sting stung stung,stink stank stunk,stride strode stridden,strike struck "
     "struck/stricken,string strung strung,strive strove/strived striven/strived,swear swore "
     "sworn,sweep "
     "swept swept,swell swelled swollen/swelled,swim swam swum,swing swung swung,take took "
     "taken,teach taught "
     "taught,tear tore torn,tell told told,think thought thought,throw threw thrown,thrust thrust "
     "thrust,tread trod trodden,undergo underwent undergone,understand understood "
     "understood,undertake "
     "undertook undertaken,undo undid undone,unwind unwound unwound,uphold upheld upheld,upset "
     "upset "
     "upset,wake woke woken,wear wore worn,weave wove woven,weep wept wept,win won won,wind wound "
     "wound,withdraw withdrew withdrawn,withhold withheld withheld,withstand withstood "
     "withstood,wring wrung "
     "wrung,write wrote written,rewrite rewrote rewritten,wed wed/wedded wed/wedded,behold beheld "
     "beheld,beset beset beset,befall befell befallen,abide abode/abided abided,cleave clove "
     "cloven,outgrow "
     "outgrew outgrown,redo redid redone,remake remade remade,retell retold retold,resell resold "
     "resold,rethink rethought rethought,reset reset reset,undercut undercut undercut,underlie "
     "underlay "
     "underlain,unbind unbound unbound,mishear misheard misheard,input input input"},
    {WORD_NOUN,
     "man men,woman women,child children,foot feet,tooth teeth,goose geese,mouse mice,louse "
     "lice,ox "
     "oxen,person people,life lives,wife wives,knife knives,half halves,leaf leaves,self "
     "selves,thief "
     "thieves,wolf wolves,loaf loaves,shelf shelves,calf calves,crisis crises,thesis theses,basis "
     "bases,analysis analyses,hypothesis hypotheses,diagnosis diagnoses,oasis oases,axis "
     "axes,phenomenon "
     "phenomena,criterion criteria,datum data,medium media,memorandum memoranda,alumnus "
     "alumni,stimulus "
     "stimuli,nucleus nuclei,cactus cacti,sheep sheep,deer deer,series series,species "
     "species,aircraft "
     "aircraft,offspring offspring,congressman congressmen,congresswoman congresswomen,businessman "
     "businessmen,businesswoman businesswomen,policeman policemen,spokesman spokesmen,chairman "
     "chairmen,statesman statesmen,gentleman gentlemen,layman laymen,countryman "
     "countrymen,fisherman "
     "fishermen,fireman firemen,salesman salesmen,freshman freshmen,parenthesis "
     "parentheses,appendix "
     "appendices,index indices,matrix matrices,bacterium bacteria,curriculum curricula,referendum "
     "referenda,"
     "hero heroes,potato potatoes,tomato tomatoes,veto vetoes,echo echoes,embargo "
     "embargoes,torpedo torpedoes,"
     "motto mottoes,cargo cargoes,volcano volcanoes,mosquito mosquitoes"},
    {WORD_ADJECTIVE, "good better best,bad worse worst,far farther/further farthest/furthest,old "
                     "older/elder oldest/eldest,"
                     "ill worse worst,little less least,much more most,many more most"},
    {WORD_ADVERB,
     "well better best,badly worse worst,far farther/further farthest/furthest,little less least,"
     "much more most,soon sooner soonest,often oftener oftenest,late later latest,fast faster "
     "fastest,"
     "hard harder hardest,near nearer nearest,long longer longest,early earlier earliest"},
    {0, NULL}};
